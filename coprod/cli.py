"""The command line: serve, import, migrate, draw the lifecycles."""

import importlib
import os
import threading
from itertools import count
from pathlib import Path
from typing import Any

import click
from flask import Flask

from config import settings
from coprod import FEATURES, create_app, start
from coprod.core import once, schema
from coprod.core.db import db, here
from coprod.core.lifecycle import Lifecycle
from coprod.people import queries as people_queries
from coprod.people import services as people
from coprod.public_record import services as public_record
from coprod.voting import services as voting


@click.group()
def main() -> None:
    """Coprod's command line; ./run sets up what it needs."""


def _app(**chosen: Any) -> Flask:
    settled = settings(**chosen)
    settled["DATA"].mkdir(parents=True, exist_ok=True, mode=0o700)
    return create_app(settled)


def _migrated(**chosen: Any) -> Flask:
    app = _app(**chosen)
    start.migrate(app)
    start.finish_what_was_interrupted(app)
    return app


@main.command()
def migrate() -> None:
    """Bring the database to the present schema."""
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
def import_(file: Path, apply: bool) -> None:
    """Bring a programme's public record in: all of it, or nothing and why."""
    with _migrated().app_context():
        report = public_record.import_record(file, apply=apply)
        for line in (report.heading, *report.lines):
            click.echo(line)
        if report.faults:
            raise SystemExit(1)
        db.session.commit()


@main.command()
def post() -> None:
    """Send the sign-in codes that were asked for, until stopped."""
    keep_house(_migrated(), threading.Event())


def keep_house(app: Flask, stop: threading.Event) -> None:
    """Once a second: send the codes that were asked for, and wipe what a count left; once an hour: let old keys go.

    A chore that fails is tried again the next time. Only what kind of failure it was is logged: its words can hold
    what people typed (L1).
    """
    seconds = count()
    while not stop.wait(1):
        hourly = (_forget_old_forms,) if next(seconds) % 3600 == 0 else ()
        with app.app_context():
            for chore in (_send_codes, _finish_wiping, *hourly):
                try:
                    chore()
                except Exception as error:
                    db.session.rollback()
                    app.logger.error("A chore failed and is tried again: %s", type(error).__name__)


def _send_codes() -> None:
    people.send_codes()
    db.session.commit()


def _forget_old_forms() -> None:
    once.forget_old()
    db.session.commit()


def _finish_wiping() -> None:
    voting.finish_wiping(voting.here_engine(), voting.key_folder())


@main.command()
@click.option("--port", default=8000)
def serve(port: int) -> None:
    """Serve the data folder as it is."""
    app = _migrated()
    with app.app_context():
        if people_queries.nobody_is_here():
            words = people.set_up_secret(here().keys)
            click.echo(f"Nobody has an account yet. Open /set-up and give these words: {words}")
    _serve(app, port)


@main.command()
@click.option("--port", default=8000)
def demo(port: int) -> None:
    """Serve the demonstration programme, at its own fixed day."""
    os.environ |= {"COPROD_MODE": "demonstration", "COPROD_DEMONSTRATION": "yes"}
    app = _migrated()
    with app.app_context():
        importlib.import_module("coprod.demo.programme").load()
        db.session.commit()
    click.echo(f"Coprod’s demonstration is at http://127.0.0.1:{port} – stop it with Ctrl+C.")
    _serve(app, port)


def _serve(app: Flask, port: int) -> None:
    threading.Thread(target=keep_house, args=(app, threading.Event()), daemon=True).start()
    from granian import Granian
    from granian.constants import Interfaces

    server: Any = Granian("wsgi:app", address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=2)
    server.serve()


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
