"""`nhiemky …`: gathers the commands; an error that a command expects ends as one line on stderr and exit code 1."""

import io
import sys
from typing import Annotated

import typer

from nhiemky.cli import say
from nhiemky.cli.assess import assess
from nhiemky.cli.backup import backup, restore
from nhiemky.cli.board import board
from nhiemky.cli.bootstrap import NoWorkspace
from nhiemky.cli.check_figures import check_figures
from nhiemky.cli.choose import Unclear
from nhiemky.cli.documents import documents
from nhiemky.cli.exchange import figures, targets
from nhiemky.cli.intake import intake
from nhiemky.cli.law import law
from nhiemky.cli.log import log
from nhiemky.cli.organisations import organisations
from nhiemky.cli.places import places
from nhiemky.cli.rate import rate
from nhiemky.cli.read import read
from nhiemky.cli.register import register
from nhiemky.cli.review import review
from nhiemky.cli.reviews import reviews
from nhiemky.cli.series import series
from nhiemky.cli.serve import NoPort, serve
from nhiemky.cli.setup import setup
from nhiemky.cli.tasks import tasks
from nhiemky.cli.user import user
from nhiemky.config.database import WrongAddress
from nhiemky.law import LawError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Theo một nghị quyết nhiệm kỳ từ văn bản đến bản sơ kết cuối.",
)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="In phiên bản.")] = False) -> None:
    """Theo một nghị quyết nhiệm kỳ từ văn bản đến bản sơ kết cuối."""
    if version:
        from importlib.metadata import version as of

        print(of("nhiemky"))
        raise typer.Exit


for command in (
    read,
    setup,
    serve,
    intake,
    documents,
    board,
    assess,
    series,
    tasks,
    rate,
    review,
    reviews,
    user,
    backup,
    restore,
):
    app.command()(command)
app.command(name="check-figures")(check_figures)
app.add_typer(figures, name="figures")
app.add_typer(targets, name="targets")
app.add_typer(law, name="law")
app.add_typer(log, name="log")
app.add_typer(organisations, name="organisations")
app.add_typer(places, name="places")
app.add_typer(register, name="register")


def main() -> None:
    """The entry point of the `nhiemky` script."""
    for stream in (sys.stdout, sys.stderr):  # redirected on Windows, a stream may know no Vietnamese letter
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (NoWorkspace, NoPort, Unclear, WrongAddress, LawError) as error:
        say.fail(str(error))
        sys.exit(1)
    except Exception as error:
        said = _expected(error)
        if said is None:
            raise
        say.fail(said)
        sys.exit(1)


def _expected(error: Exception) -> str | None:
    """What errors of the register, of its store and of the disk say; their rooms are loaded only when a command needs
    them."""
    from django.conf import settings

    if not settings.configured:  # a command that needs no register
        return str(error) if isinstance(error, OSError) else None
    from django.db import Error

    from nhiemky.register.errors import ServiceError
    from nhiemky.register.store import trouble
    from nhiemky.report.pack import PackError
    from nhiemky.report.pdf import FontError

    if isinstance(error, Error):
        return trouble(error) or str(error)
    return str(error) if isinstance(error, (ServiceError, OSError, PackError, FontError)) else None


if __name__ == "__main__":
    main()
