"""Putting a row in the place of the one that is there, in one statement on either database."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import postgresql, sqlite

from coprod.core.db import Base, db


def read_anew(one: Select[Any]) -> Any:
    """Read what has just been put into its table, in place of what the session remembers."""
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def insert(table: type[Base]) -> Any:
    """Begin an insert that may say what to do where there is such a row."""
    dialect = db.session.get_bind().dialect.name
    return {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[dialect](table)
