"""A fresh installation on one kind of database, for one figure, gone afterwards."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from unittest import mock

from flask import Flask

from coprod.core import schema
from coprod.core.db import db, here
from tests import postgres
from tests.conftest import make_app

KINDS = ("sqlite", "postgresql")


@contextmanager
def installation(kind: str) -> Iterator[Flask]:
    """Lend an application over an empty, migrated database of this kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "data").mkdir()
        database = f"sqlite:///{folder / 'data' / 'coprod.db'}"
        if kind == "postgresql":
            server = stack.enter_context(postgres.server())
            database = stack.enter_context(postgres.fresh_database(server))
        app = make_app(folder / "data", database)
        app.logger.disabled = True
        with app.app_context():
            schema.upgrade(db.engines[here().name])
        yield app
        with app.app_context():
            db.session.remove()
            db.engines[here().name].dispose()


@contextmanager
def planted(package: str, name: str, fault: object) -> Iterator[None]:
    """Put a fault in the place of what bears this name, in every module of this package that knows it."""
    with ExitStack() as stack:
        for module in knowing(package, name):
            stack.enter_context(mock.patch.object(module, name, fault))
        yield


def knowing(package: str, name: str) -> list[ModuleType]:
    """List every module of this package in which something bears this name."""
    modules = [one for at, one in sorted(sys.modules.items()) if at == package or at.startswith(f"{package}.")]
    found = [one for one in modules if hasattr(one, name)]
    if not found:
        raise LookupError(f"Nothing in {package} is called {name}.")
    return found
