"""Figures and targets out to XLSX, CSV and JSON, and such files back to rows with their cells; nothing is written here.

Templates and exports are asked for by the commands; services/imports*.py plan and write what comes in.
"""

from nhiemky.register.exchange.board_out import board_workbook
from nhiemky.register.exchange.bodies_file import export_bodies, reorganised
from nhiemky.register.exchange.cells import kind_of_file
from nhiemky.register.exchange.figures_out import Form, FormRow, figures_template, form_of, terms_to_report
from nhiemky.register.exchange.flat import export_figures
from nhiemky.register.exchange.targets import export_targets, targets_workbook

__all__ = [
    "Form",
    "FormRow",
    "board_workbook",
    "export_bodies",
    "export_figures",
    "export_targets",
    "figures_template",
    "form_of",
    "kind_of_file",
    "reorganised",
    "targets_workbook",
    "terms_to_report",
]
