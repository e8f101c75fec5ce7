"""Figures and targets out to XLSX, CSV and JSON, and such files back to rows with their cells; nothing is written here.

Templates and exports are asked for by the commands; services/imports*.py plan and write what comes in.
"""

from nhiemky.register.exchange.board_out import board_workbook
from nhiemky.register.exchange.cells import kind_of_file
from nhiemky.register.exchange.figures_out import figures_template
from nhiemky.register.exchange.flat import export_figures
from nhiemky.register.exchange.targets import export_targets, targets_workbook

__all__ = [
    "board_workbook",
    "export_figures",
    "export_targets",
    "figures_template",
    "kind_of_file",
    "targets_workbook",
]
