"""The command line: serve, import, migrate, draw the lifecycles."""

import importlib
import multiprocessing
import os
import signal
import threading
from pathlib import Path
from typing import Any

import click
from flask import Flask

from config import data_folder, registered, settings
from coprod import FEATURES, create_app, jobs, start
from coprod.administration.services import REMOVED
from coprod.core import schema
from coprod.core.db import db, here
from coprod.core.lifecycle import Lifecycle
from coprod.partnerships import register
from coprod.partnerships.commands import partnership as partnership_commands
from coprod.people import queries as people_queries
from coprod.people import services as people
from coprod.public_record import services as public_record


@click.group()
def main() -> None:
    """Coprod's command line; ./run sets up what it needs."""


main.add_command(partnership_commands)


def _app(**chosen: Any) -> Flask:
    settled = settings(**chosen)
    settled["DATA"].mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settled["PARTNERSHIPS"]:
        raise SystemExit("There is no partnership here yet. Add one: ./run partnership add NAME --host HOST")
    return create_app(settled)


def _named(name: str | None) -> str | None:
    """Ask which partnership is meant, where there is more than one."""
    known = register.entries(data_folder())
    if name is None and len(known) > 1:
        raise SystemExit(f"Say which partnership you mean, with --partnership NAME. There are: {', '.join(known)}.")
    if name is not None and name not in known:
        raise SystemExit(f"There is no partnership “{name}” here. There are: {', '.join(known)}.")
    return name


def _migrated(**chosen: Any) -> Flask:
    app = _app(**chosen)
    start.migrate(app)
    start.finish_what_was_interrupted(app)
    return app


@main.command()
def migrate() -> None:
    """Bring every partnership's database to the present schema."""
    _migrated()


@main.command("check-drift")
def check_drift() -> None:
    """Say where the migrations and the models differ, if they do."""
    with _app().app_context():
        differences = schema.drift(db.engines[here().name])
    if differences:
        raise SystemExit("\n".join(["The migrations lag behind the models:", *differences]))


@main.command()
@click.argument("name")
def migration(name: str) -> None:
    """Write the next numbered migration."""
    with _migrated(mode="demonstration").app_context():
        click.echo(schema.new_migration(db.engines[here().name], name))


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Take over what differs.")
@click.option("--partnership", help="Whose record it is, where there are several partnerships.")
def import_(file: Path, apply: bool, partnership: str | None) -> None:
    """Bring a programme's public record in: all of it, or nothing and why."""
    with _migrated(partnership=_named(partnership)).app_context():
        report = public_record.import_record(file, apply=apply)
        for line in (report.heading, *report.lines):
            click.echo(line)
        if report.faults:
            raise SystemExit(1)
        db.session.commit()


@main.command()
def post() -> None:
    """Do the chores alone, without serving any page, until stopped: send, sweep, make due."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    app = _migrated()
    start.hold(app)
    workers = jobs.start(app)
    stop.wait()
    workers.stop(graceful=True)


@main.command()
@click.option("--port", default=8000)
def serve(port: int) -> None:
    """Serve the data folder as it is."""
    app = _migrated()
    for partnership in start.each(app):
        if people_queries.nobody_is_here():
            words = people.set_up_secret(partnership.keys)
            where = "/set-up" if len(app.config["PARTNERSHIPS"]) == 1 else f"{partnership.address}/set-up"
            click.echo(f"Nobody has an account yet. Open {where} and give these words: {words}")
    _serve(app, port)


@main.command()
@click.option("--port", default=8000)
def demo(port: int) -> None:
    """Serve the demonstration programme, at its own fixed day."""
    if registered(data_folder()) is not None:
        raise SystemExit("Partnerships live in this folder. Give the demonstration one of its own: --data DIR")
    if (data_folder() / REMOVED).exists():
        raise SystemExit(
            "The demonstration was removed from this folder, and is not loaded again. Serve what is here: ./run serve\n"
            f"To have the demonstration back, give it a new folder: ./run demo --data DIR, or delete {data_folder()}"
        )
    address = os.environ.get("COPROD_ADDRESS") or f"http://127.0.0.1:{port}"
    os.environ |= {"COPROD_MODE": "demonstration", "COPROD_DEMONSTRATION": "yes", "COPROD_ADDRESS": address}
    app = _migrated()
    with app.app_context():
        importlib.import_module("coprod.demo.programme").load()
        db.session.commit()
    click.echo(f"Coprod’s demonstration is at http://127.0.0.1:{port} – stop it with Ctrl+C.")
    _serve(app, port)


def _serve(app: Flask, port: int) -> None:
    start.hold(app)
    # A copy of this process would take over SQLite's own note of who holds which lock, as it stands that moment.
    multiprocessing.set_start_method("spawn", force=True)
    workers = jobs.start(app)
    from granian import Granian
    from granian.constants import Interfaces

    server: Any = Granian("wsgi:app", address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=2)
    server.serve()
    workers.stop(graceful=True)


@main.command()
def states() -> None:
    """Draw every lifecycle, for docs/states.md."""
    click.echo("# Lifecycles\n\nDrawn from the code by `./run fix`. Nothing else changes a state.", nl=False)
    for feature in FEATURES:
        for title, lifecycle in _lifecycles(feature.name):
            click.echo(f"\n\n## {title}\n\n```mermaid\n{lifecycle.as_mermaid()}\n```", nl=False)
    click.echo()


def _lifecycles(feature: str) -> list[tuple[str, Lifecycle[Any]]]:
    try:
        rules = importlib.import_module(f"coprod.{feature}.rules")
    except ModuleNotFoundError:
        return []
    found = {name: thing for name, thing in vars(rules).items() if isinstance(thing, Lifecycle)}
    return [(_title(feature, name), thing) for name, thing in found.items()]


def _title(feature: str, name: str) -> str:
    return feature.replace("_", " ").capitalize() if name == "LIFECYCLE" else name.replace("_", " ").capitalize()
