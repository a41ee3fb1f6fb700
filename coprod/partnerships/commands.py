"""The commands for several partnerships on one installation; each opens the database of one alone (T1)."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import inspect, make_url

from config import Partnership, data_folder, from_register, settings
from coprod import create_app, start
from coprod.core import schema
from coprod.core.db import at, db
from coprod.partnerships import backups, register, restores
from coprod.partnerships.backups import NotGood
from coprod.partnerships.register import NotPossible
from coprod.people import services as people


def _kindly(command: Callable[..., None]) -> Callable[..., None]:
    """Say in one line what cannot be done."""

    @wraps(command)
    def said(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (NotPossible, NotGood) as problem:
            raise SystemExit(str(problem)) from problem

    return said


@contextmanager
def _only(wanted: Partnership) -> Iterator[Flask]:
    """Go into one partnership, in an application that has never heard of another."""
    app = create_app(settings(PARTNERSHIPS=[wanted]))
    with at(app, wanted):
        try:
            yield app
        finally:
            db.session.remove()
            db.engines[wanted.name].dispose()


def _folder(typed: Path) -> Path:
    """A folder is meant from where ./run was called, not from where it lies."""
    return Path(os.environ.get("COPROD_CALLED_FROM", "."), typed).absolute()


def _now() -> datetime:
    return datetime.now(UTC)


@click.group()
def partnership() -> None:
    """Several partnerships on one installation: a database, folders and a secret for each."""


@partnership.command()
@click.argument("name")
@click.option(
    "--host", "hosts", multiple=True, required=True, help="A host name it answers to. Give as many as it has."
)
@click.option("--database", help="The address of an empty PostgreSQL database. Left out: a SQLite file of its own.")
@_kindly
def add(name: str, hosts: tuple[str, ...], database: str | None) -> None:
    """Add a partnership: its own database, folders and secret."""
    data = data_folder()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    entry = register.prepare(data, name, hosts, database)
    new = from_register(name, entry)
    with _only(new) as app:
        if inspect(db.engines[name]).get_table_names():
            raise NotPossible("There is something in this database already. A partnership begins in an empty one.")
        start.migrate(app)
        words = people.set_up_secret(new.keys)
    for other in register.add(data, name, entry):
        click.echo(f"The partnership that was here already is in the register now, as “{other}”.")
    click.echo(f"Added “{name}”. Start the server anew, and it answers to: {', '.join(entry['hosts'])}")
    click.echo(f"Nobody has an account there yet. Open {new.address}/set-up and give these words: {words}")


@partnership.command("list")
@_kindly
def list_() -> None:
    """List the partnerships, with their hosts and where their database is; no database is opened."""
    for name, entry in register.entries(data_folder()).items():
        click.echo(f"{name}: {', '.join(entry['hosts'])} – {make_url(entry['database']).render_as_string()}")


@partnership.command()
@click.argument("name", default="all")
@_kindly
def migrate(name: str) -> None:
    """Bring one partnership's database, or all, to the present schema; each is backed up first."""
    data = data_folder()
    for each in register.entries(data) if name == "all" else [name]:
        wanted = register.one(data, each)
        with _only(wanted) as app:
            if schema.is_current(db.engines[each]):
                click.echo(f"“{each}” is up to date.")
                continue
            if inspect(db.engines[each]).get_table_names():
                click.echo(f"Backed up first: {backups.back_up(wanted.backups, _now())}")
            start.migrate(app)
            click.echo(f"“{each}” is migrated.")


@partnership.command("back-up")
@click.argument("name")
@click.option("--to", type=click.Path(path_type=Path), help="Below which folder; else its own.")
@_kindly
def back_up(name: str, to: Path | None) -> None:
    """Make a backup, of one moment, and look at it; the key folder is never in it."""
    wanted = register.one(data_folder(), name)
    with _only(wanted):
        folder = backups.back_up(_folder(to or wanted.backups), _now())
    rows = sum(backups.read(folder).counts.values())
    click.echo(f"Backed up, opened and counted: {rows} rows in {folder}")
    for old in backups.forget_old(wanted.backups, _now()):
        click.echo(f"Deleted, being more than {backups.KEPT.days} days old: {old}")


@partnership.command()
@click.argument("name")
@click.argument("backup", type=click.Path(path_type=Path))
@_kindly
def restore(name: str, backup: Path) -> None:
    """Bring a partnership back to a backup; what is there now is put aside."""
    data = data_folder()
    wanted = register.one(data, name)
    wanted.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with start.alone(data), _only(wanted):
        for line in restores.restore(_folder(backup), wanted.backups, _now()):
            click.echo(line)


@partnership.command()
@click.argument("name")
@_kindly
def remove(name: str) -> None:
    """Remove a partnership: its keys are deleted, its files put aside."""
    data = data_folder()
    wanted = register.one(data, name)
    click.echo(f"“{name}” ({', '.join(sorted(wanted.hosts))}) will answer to nobody, and its keys will be deleted:")
    click.echo("votes that are open can then never be counted, and authenticators must be set up anew.")
    if click.prompt("Type its name to remove it") != name:
        raise NotPossible("That is not its name. Nothing was removed.")
    with start.alone(data):
        for line in register.remove(data, name, _now()):
            click.echo(line)
