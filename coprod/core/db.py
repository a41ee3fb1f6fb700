"""The database, the base every model is built on, and which partnership's database a request may touch (T1)."""

from __future__ import annotations

import enum
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import Flask, current_app, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    TypeDecorator,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, mapped_column, registry

from config import Partnership as Partnership

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LEAST_SQLITE = (3, 51, 3)
Thing = TypeVar("Thing")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:\[\]@/]+)(:[0-9]*)?")


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC and always answered with its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a moment without a zone is a mistake."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Answer UTC."""
        return value.replace(tzinfo=UTC) if value else None


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


_COLUMNS: dict[Any, Any] = {
    datetime: Instant,
    str: Text,
    list[str]: JSON,
    list[Any]: JSON,
    dict[str, int]: JSON,
    dict[str, str]: JSON,
    enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=_values),
}


class Root(DeclarativeBase):
    """Predictable constraint names, and one column type for each kind of value."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map=_COLUMNS)


class Base(Root):
    """Every table but the pairs has a random key (T4)."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class UnknownHost(Exception):  # noqa: N818 - a name that says what happened
    """A request came for a host that no partnership here answers to."""


def here() -> Partnership:
    """Answer the partnership of this request, or the one a command or a test has chosen."""
    if "partnership" not in g:
        g.partnership = _by_host(request.host) if has_request_context() else _only_one()
    chosen: Partnership = g.partnership
    return chosen


@contextmanager
def at(app: Flask, partnership: Partnership) -> Iterator[None]:
    """Do something for one partnership outside any request."""
    with app.app_context():
        g.partnership = partnership
        try:
            yield
        finally:
            db.session.remove()


def _by_host(host: str) -> Partnership:
    shape = HOST.fullmatch(host.lower())
    for partnership in current_app.config["PARTNERSHIPS"]:
        if shape and shape[1] in partnership.hosts:
            return partnership
    raise UnknownHost(host)


def _only_one() -> Partnership:
    partnerships = current_app.config["PARTNERSHIPS"]
    if len(partnerships) != 1:
        raise UnknownHost("Say which partnership.")
    return partnerships[0]


class PartnershipSession(Session):
    """A session that can only ever speak to the database of the partnership it is in."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Answer this partnership's engine, whatever is asked."""
        return db.engines[here().name]


db = SQLAlchemy(model_class=Root, session_options={"class_": PartnershipSession, "autoflush": True})


def init_app(app: Flask) -> None:
    """Give each partnership its engine, with the settings of R1, and refuse to start where they do not hold."""
    partnerships = app.config["PARTNERSHIPS"]
    app.config["SQLALCHEMY_BINDS"] = {p.name: _engine_options(p.database) for p in partnerships}
    db.init_app(app)
    # Before anything else runs: not even a form's token is looked at for a host nobody here answers to.
    app.before_request(_only_a_known_host)
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _settle)
                event.listen(engine, "begin", _begin)
            _refuse_what_does_not_answer(engine)


def _only_a_known_host() -> None:
    here()


def _refuse_what_does_not_answer(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                check_settings(connection)
    except OperationalError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise SystemExit(f"Coprod does not start: the database {where} does not open.") from error


def sqlite_module() -> Any:
    """Answer the SQLite driver to use: Python's own where it is new enough, else the wheel that carries a newer one."""
    if sqlite3.sqlite_version_info >= LEAST_SQLITE:
        return sqlite3
    from pysqlite3 import dbapi2

    return dbapi2


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"url": url, "module": sqlite_module(), "hide_parameters": True}
    return {"url": url, "pool_pre_ping": True, "hide_parameters": True}


def _settle(connection: Any, _: object) -> None:
    connection.isolation_level = None
    # Patience first: while the file is being rewritten, even asking for its journal mode has to wait.
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    reading = has_request_context() and request.method in SAFE_METHODS
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def check_settings(connection: Connection) -> None:
    """Refuse, in one line, a SQLite that would lose or leak what it is given (R1)."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    for name, value in wanted.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != value:
            raise SystemExit(f"Coprod does not start: SQLite's {name} is {found}, and it must be {value}.")
    version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())
    if tuple(int(part) for part in version.split(".")) < LEAST_SQLITE:
        raise SystemExit(f"Coprod does not start: SQLite {version} can corrupt its log; 3.51.3 or newer is needed.")


def after_commit(act: Callable[[], None]) -> None:
    """Do this once the transaction has committed, and not at all if it is rolled back."""
    db.session.info.setdefault("after_commit", []).append(act)


@event.listens_for(db.session, "after_commit")
def _act(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for act in session.info.pop("after_commit", []):
        act()


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop("after_commit", None)


def lock(thing: Base, *, shared: bool = False) -> None:
    """Hold this row, freshly read, until the transaction ends; who wants it alone waits for all who share it.

    A row that somebody else deleted meanwhile is not found, as if it had never been there.
    """
    db.session.flush()
    held = {"read": shared, "of": type(thing)}
    db.session.get_one(type(thing), inspect(thing).identity, populate_existing=True, with_for_update=held)


def next_number(numbers: InstrumentedAttribute[int], *where: Any) -> int:
    """Answer the next number of a run; the caller holds the lock on what the run belongs to."""
    return (db.session.scalar(select(func.max(numbers)).where(*where)) or 0) + 1


def asked_once(what: object, ask: Callable[[], Thing]) -> Thing:
    """Answer what every part of a page asks for, asking the database once in a request."""
    if not has_request_context():
        return ask()
    answers: dict[object, Thing] = g.setdefault("asked_once", {})
    if what not in answers:
        answers[what] = ask()
    return answers[what]
