"""`synergies` serves, migrates, loads, checks. Exit: 0 done, 1 rejected, 2 usage."""

import gc
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from app import __version__
from app.db import Database, migrate
from app.facts.faults import Rejected
from app.facts.plan import Plan
from app.kit import logs
from app.settings import Settings
from app.stock import (
    check_folder,
    describe_folder,
    is_empty,
    load_folder,
    rebuild_derived,
)

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
_EXAMPLE = "/api/v1/overlaps?situation=considered_by_both&fields=headline"
Folder = Annotated[Path | None, typer.Argument(help="A folder of CSV tables; default: seed data.")]


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port.")] = None,
    load_seed: Annotated[bool, typer.Option(help="Load seed data into an empty database.")] = True,
) -> None:
    """Migrate, load the seed data into an empty database, and serve."""
    import uvicorn  # noqa: PLC0415 - a check or a load needs no server

    from app.main import create_app  # noqa: PLC0415

    settings = Settings()
    logs.configure(settings.log_level)
    db = Database(settings.database_url, readers=settings.threads)
    migrate.upgrade(db)
    if load_seed and is_empty(db):
        err.print(f"Loading {settings.seed_folder.name} into the empty database ...")
        _report(_load(db, settings.seed_folder))
    address = f"http://{host or settings.host}:{port if port is not None else settings.port}"
    out.print(f"Synergies {__version__} at {address} (documentation: {address}/docs)")
    out.print(f"Try: curl '{address}{_EXAMPLE}'")
    # What is loaded now stays: the collector need not look at it again. And an answer makes more
    # objects than Python's first threshold (700) foresees: each page looked like a leak, and a
    # search of everything stopped all requests for 100 ms.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    uvicorn.run(
        create_app(settings, db),
        host=host or settings.host,
        port=port if port is not None else settings.port,
        log_level=settings.log_level.lower(),
        access_log=False,
        server_header=False,
        # Longer than the edge's own limit, so that a long URL gets a problem and not a bare 400.
        h11_max_incomplete_event_size=64 * 1024,
    )


@cli.command(name="migrate")
def migrate_command() -> None:
    """Bring the database's tables up to date."""
    db = Database(Settings().database_url)
    migrate.upgrade(db)
    out.print(f"The database is at migration {migrate.head()}.")


@cli.command()
def load(
    folder: Folder = None,
    dry_run: Annotated[bool, typer.Option(help="Show what would change; write nothing.")] = False,
    reason: Annotated[str, typer.Option(help="Why; stands in the revision.")] = "load",
) -> None:
    """Load a folder: rows that a steward edited since the last load stay, and are reported."""
    settings = Settings()
    db = Database(settings.database_url)
    migrate.upgrade(db)
    _report(_load(db, folder or settings.seed_folder, dry_run=dry_run, reason=reason))


@cli.command()
def check(folder: Folder = None) -> None:
    """Validate a data folder by itself: file, row, column, what is wrong."""
    settings = Settings()
    plan = check_folder(folder or settings.seed_folder)
    for fault in plan.faults:
        out.print(str(fault), markup=False)
    rows = len(plan.changes)
    warnings = len(plan.faults) - len(plan.errors)
    out.print(f"{rows} rows, {len(plan.errors)} errors, {warnings} warnings")
    raise typer.Exit(1 if plan.errors else 0)


@cli.command()
def describe(folder: Folder = None) -> None:
    """Write the datapackage.json of every folder of tables anew."""
    for path in describe_folder(folder or Settings().seed_folder):
        out.print(f"{path.parent.name}/{path.name}")


@cli.command()
def rebuild() -> None:
    """Make the index of names anew; it should change nothing."""
    db = Database(Settings().database_url)
    migrate.upgrade(db)
    rebuild_derived(db)
    out.print("The index of names is rebuilt.")


def _load(db: Database, folder: Path, *, dry_run: bool = False, reason: str = "load") -> Plan:
    try:
        return load_folder(db, folder, reason=reason, dry_run=dry_run)
    except Rejected as rejected:
        for fault in rejected.faults:
            err.print(str(fault), markup=False)
        err.print(f"{len(rejected.faults)} errors: nothing was written.")
        raise typer.Exit(1) from None
    except DBAPIError as error:
        # A full disk, a lost connection: the transaction is gone, and nothing of it stays.
        err.print(f"The database failed, nothing was written: {error.orig}", markup=False)
        raise typer.Exit(1) from None


def _report(plan: Plan) -> None:
    for conflict in plan.conflicts:
        err.print(str(conflict), markup=False)
    for name, counts in plan.counts().items():
        err.print(f"{name}: " + ", ".join(f"{n} {action}" for action, n in counts.items()))
    err.print(f"{len(plan.changes)} rows to write, {sum(plan.unchanged.values())} unchanged.")


def main() -> None:
    """Entry point of the console script."""
    cli()


if __name__ == "__main__":
    main()
