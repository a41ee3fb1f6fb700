"""The database: one per partnership, its settings, its moments."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import IntegrityError, NoResultFound, StatementError

from coprod.core import db as database_module
from coprod.core.db import (
    Root,
    UnknownHost,
    after_commit,
    asked_once,
    check_settings,
    db,
    here,
    lock,
    next_number,
    sqlite_module,
)
from coprod.core.journal import Entry, record
from coprod.people.models import Person, Side
from tests.conftest import a_partnership, make_app
from tests.factories import a_person


def test_a_moment_comes_back_in_utc(database):
    moment = datetime(2025, 7, 1, 18, 0, tzinfo=timezone(timedelta(hours=1)))
    entry = Entry(at=moment, verb="x", subject="y", subject_id=a_person().id)
    db.session.add(entry)
    db.session.commit()
    assert entry.at == moment
    assert entry.at.tzinfo == UTC


def test_a_moment_without_a_zone_is_refused(database):
    person = a_person()
    db.session.add(Entry(at=datetime(2025, 7, 1, 18, 0), verb="x", subject="y", subject_id=person.id))  # noqa: DTZ001
    with pytest.raises(StatementError, match="needs its time zone"):
        db.session.flush()


def test_an_enum_is_kept_by_its_words(database):
    a_person("Ada", Side.LIVED)
    assert db.session.connection().exec_driver_sql("SELECT side FROM person").scalar() == "lived experience"


def test_a_constraint_speaks(database):
    db.session.add(Person(alias="", side=Side.LIVED))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_journal_says_who_did_what_to_what(database, clock):
    clock(2025, 11, 20, 18, 30)
    ada, ben = a_person("Ada"), a_person("Ben")
    record(ada, "welcomed", ben, before="invited", after="joined")
    record(None, "reminded", ben)
    db.session.flush()
    found = db.session.scalars(db.select(Entry).order_by(Entry.verb.desc())).all()
    assert [(e.by_id, e.verb, e.subject, e.subject_id, e.before, e.after) for e in found] == [
        (ada.id, "welcomed", "person", ben.id, "invited", "joined"),
        (None, "reminded", "person", ben.id, "", ""),
    ]
    assert found[0].at == datetime(2025, 11, 20, 18, 30, tzinfo=UTC)


def test_what_waits_for_the_commit_is_done_after_it_once(database):
    done = []
    after_commit(lambda: done.append("a"))
    db.session.flush()
    a_person()
    with db.session.begin_nested():
        a_person("Ben")
    assert done == []
    db.session.commit()
    assert done == ["a"]
    db.session.commit()
    assert done == ["a"]


def test_what_waits_for_the_commit_is_not_done_after_a_rollback(database):
    done = []
    a_person()
    after_commit(lambda: done.append("a"))
    db.session.rollback()
    a_person()
    db.session.commit()
    assert done == []


# --- T1: one partnership, one database.


@pytest.fixture
def two(tmp_path):
    """An installation with two partnerships, each with one person of its own."""
    places = {}
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        database = f"sqlite:///{tmp_path / name / 'coprod.db'}"
        places[name] = a_partnership(tmp_path / name, database, name, f"{name}.example")
    made = make_app(tmp_path, "sqlite://", PARTNERSHIPS=list(places.values()))
    for name in places:
        with made.test_request_context(base_url=f"http://{name}.example"):
            Root.metadata.create_all(db.engines[name])
            a_person(name)
            db.session.commit()
            db.session.remove()
    yield made
    with made.app_context():
        for name in places:
            db.engines[name].dispose()


@pytest.mark.parametrize("name", ["north", "south"])
def test_a_request_reaches_its_own_hosts_database_and_no_other(two, name):
    """T1, T2."""
    with two.test_request_context(base_url=f"http://{name}.example"):
        assert list(db.session.scalars(db.select(Person.alias))) == [name]
        assert here().name == name
        db.session.remove()


def test_an_unknown_host_has_no_database(two):
    with two.test_request_context(base_url="http://elsewhere.example"), pytest.raises(UnknownHost):
        here()


def test_a_command_must_say_which_of_two_partnerships_it_means(two):
    with two.app_context(), pytest.raises(UnknownHost, match="Say which partnership"):
        here()


def test_an_address_in_brackets_is_a_host_too(two):
    with two.test_request_context(base_url="http://[::1]"), pytest.raises(UnknownHost):
        here()


# --- R1: the settings of SQLite.


def _connected(**pragmas):
    engine = create_engine("sqlite://", module=sqlite_module())
    connection = engine.connect()
    for name, value in pragmas.items():
        connection.exec_driver_sql(f"PRAGMA {name}={value}")
    return engine, connection


@pytest.mark.parametrize(
    ("name", "said"), [("foreign_keys", "foreign_keys is 0"), ("secure_delete", "secure_delete is 0")]
)
def test_it_does_not_start_with_a_setting_that_would_lose_or_leak(tmp_path, name, said):
    """R1."""
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", module=sqlite_module())
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"{name}=OFF"):
            driver.execute(f"PRAGMA {pragma}").close()
        with pytest.raises(SystemExit, match=said):
            check_settings(connection)
    engine.dispose()


def test_it_does_not_start_without_the_write_ahead_log():
    """R1."""
    engine, connection = _connected()
    with connection, pytest.raises(SystemExit, match="journal_mode is memory, and it must be wal"):
        check_settings(connection)
    engine.dispose()


def test_it_does_not_start_on_an_old_sqlite(app, database, monkeypatch):
    """R1."""
    if db.engines[here().name].dialect.name != "sqlite":
        return
    monkeypatch.setattr(database_module, "LEAST_SQLITE", (99, 0, 0))
    with pytest.raises(SystemExit, match="can corrupt its log"):
        check_settings(db.session.connection())


@pytest.mark.parametrize(("least", "module"), [((3, 0, 0), sqlite3), ((99, 0, 0), None)])
def test_pythons_own_sqlite_is_used_where_it_is_new_enough(monkeypatch, least, module):
    monkeypatch.setattr(database_module, "LEAST_SQLITE", least)
    assert (sqlite_module() is sqlite3) is (module is sqlite3)


def test_a_locked_row_is_read_afresh(app, database):
    person = a_person("Ada")
    db.session.commit()
    with db.engines[here().name].begin() as other:
        other.execute(db.update(Person).values(alias="Ada B."))
    lock(person)
    assert person.alias == "Ada B."
    lock(person, shared=True)
    assert person.alias == "Ada B."


def test_a_row_that_was_deleted_meanwhile_is_not_found(app, database):
    person = a_person("Ada")
    db.session.commit()
    assert person.alias == "Ada"
    db.session.rollback()
    with db.engines[here().name].begin() as other:
        other.execute(db.delete(Person).where(Person.id == inspect(person).identity[0]))
    with pytest.raises(NoResultFound):
        lock(person)


def test_numbers_run_on(database):
    assert next_number(Person.rights) == 1
    a_person("Ada", rights=4)
    assert next_number(Person.rights) == 5
    assert next_number(Person.rights, Person.alias == "Ben") == 1


def test_what_every_part_of_a_page_asks_is_asked_once_in_a_request(app):
    asked = []

    def ask():
        asked.append("again")
        return len(asked)

    with app.test_request_context("/"):
        assert [asked_once("what", ask), asked_once("what", ask), asked_once("else", ask)] == [1, 1, 2]
    with app.app_context():
        assert [asked_once("what", ask), asked_once("what", ask)] == [3, 4]
