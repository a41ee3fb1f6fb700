"""R8: backups of a partnership, and the way back from one."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from config import registered
from coprod import cli, start
from coprod.core import schema
from coprod.core.db import db, sqlite_module
from coprod.messages.models import Message, MessageState
from coprod.my_data import services as my_data
from coprod.partnerships import backups, restores
from coprod.people.models import Person, SignedIn
from tests.factories import a_person
from tests.partnerships.commands import aliases, backed_up, inside, refused, run, schema_head

# What does not differ between the databases is tried on one of them.
ON_SQLITE = pytest.mark.parametrize("north", ["sqlite"], indirect=True)


def test_a_backup_is_opened_and_counted_and_never_holds_a_key_b4(north):
    """R8."""
    folder = backed_up()
    manifest = backups.read(folder)
    assert folder.parent == north.with_name("data.backups") / "north"
    assert (manifest.counts["person"], manifest.counts["message"]) == (3, 2)
    assert manifest.revision == schema_head()
    secret = (north.with_name("data.keys") / "north" / "secret").read_bytes()
    for path in folder.rglob("*"):
        assert secret not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
    assert not list(folder.rglob("*.key"))


@ON_SQLITE
def test_a_backup_that_was_touched_is_not_taken(north):
    """R8."""
    folder = backed_up()
    name = next(iter(backups.read(folder).files))
    with (folder / name).open("ab") as file:
        file.write(b"x")
    assert "has changed since it was made" in refused("restore", "north", folder)
    (folder / name).unlink()
    assert "has changed since it was made" in refused("restore", "north", folder)
    (folder / "manifest.json").unlink()
    assert refused("restore", "north", folder) == f"There is no finished backup in {folder}."
    assert aliases(north, "north") == ["Kim", "Lee", "Robin"]


@ON_SQLITE
def test_a_backup_of_another_kind_or_of_a_newer_coprod_is_not_taken(north):
    folder = backed_up()
    manifest = json.loads((folder / "manifest.json").read_text())
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[manifest["kind"]]
    for changed, said in (({"kind": other}, f"of a {other} database"), ({"revision": "9999"}, "by a newer Coprod")):
        (folder / "manifest.json").write_text(json.dumps(manifest | changed))
        assert said in refused("restore", "north", folder)


def test_a_restore_brings_everything_back_but_what_must_stay_over(north):
    """R8, L6: sessions, codes and due messages are over; who was erased since stays erased; the present is kept."""
    folder = backed_up()
    with inside(north, "north"):
        robin = db.session.scalars(db.select(Person).where(Person.alias == "Robin")).one()
        lee = db.session.scalars(db.select(Person).where(Person.alias == "Lee")).one()
        my_data.erase(robin, by=robin)
        lee.alias = "Lee the second"
        a_person("New since")
        db.session.commit()
        my_data.finish_wiping()
    answer = run("restore", "north", folder)
    assert answer.exit_code == 0, answer.output
    lines = answer.output.splitlines()
    assert lines[1].startswith(f"What was here is put aside: {north}.backups/north/")
    assert "1 messages that were due by now are not sent: they may have gone out already." in lines
    assert "1 people who had been erased since are erased again." in lines
    with inside(north, "north"):
        assert "Robin" not in set(db.session.scalars(db.select(Person.alias)))
        assert db.session.scalars(db.select(Person).where(Person.alias.in_(["Kim", "Lee"]))).all()
        assert db.session.scalars(db.select(SignedIn)).all() == []
        kim = db.session.scalars(db.select(Person).where(Person.alias == "Kim")).one()
        assert kim.totp is not None
        states = set(db.session.scalars(db.select(Message.state)))
        assert states <= {MessageState.WITHDRAWN, MessageState.WAITING}
        db.session.rollback()
        assert schema.is_current(db.engines["north"])
    assert not (north.with_name("data.keys") / "north" / start.RESTORING).exists()
    (aside,) = {path.parent for path in (north.with_name("data.backups") / "north").rglob("manifest.json")} - {folder}
    assert backups.read(aside).counts["person"] == 4


def test_a_restore_that_is_interrupted_is_finished_by_doing_it_again(north, monkeypatch):
    """R8."""
    folder = backed_up()

    def crash(manifest):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restores, "_settle", crash)
        assert run("restore", "north", folder).exit_code == 1
    assert (north.with_name("data.keys") / "north" / start.RESTORING).exists()
    assert run("restore", "north", folder).exit_code == 0
    assert aliases(north, "north") == ["Kim", "Lee", "Robin"]
    assert not (north.with_name("data.keys") / "north" / start.RESTORING).exists()


def test_a_backup_from_before_a_migration_is_migrated(north):
    """R7, R8."""
    with inside(north, "north"):
        schema.downgrade(db.engines["north"], "0013")
    folder = backed_up()
    assert run("restore", "north", folder).exit_code == 0
    with inside(north, "north"):
        assert schema.is_current(db.engines["north"])
    assert aliases(north, "north") == ["Kim", "Lee", "Robin"]


@ON_SQLITE
def test_rows_that_do_not_all_come_back_are_noticed(north, monkeypatch):
    folder = backed_up()
    monkeypatch.setattr(restores, "_put_present_aside", lambda *_: [])
    monkeypatch.setattr(backups, "counted", lambda connection: {})
    assert refused("restore", "north", folder).endswith("Restore it again.")


def test_in_an_empty_place_with_other_keys_seals_are_let_go_and_that_is_said(north, tmp_path, monkeypatch):
    """The worst day: machine and keys are lost, a backup is left."""
    folder = backed_up()
    (north.with_name("data.keys") / "north" / "secret").write_text("another secret of forty and more letters")
    answer = run("restore", "north", folder)
    assert "Professionals set up a new authenticator at their next sign-in; members need new cards." in answer.output
    with inside(north, "north"):
        assert set(db.session.scalars(db.select(Person.totp))) == {None}


@ON_SQLITE
def test_old_backups_go_by_themselves_l6(north):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=36)):
        old = backed_up()
    elsewhere = backed_up("--to", north.parent / "elsewhere")
    assert not old.exists()
    assert elsewhere.parent == north.parent / "elsewhere"
    assert (elsewhere / "manifest.json").exists()


@ON_SQLITE
def test_a_backup_that_fails_leaves_nothing(north, monkeypatch):
    monkeypatch.setattr(backups, "fingerprint_of", lambda path: 1 / 0)
    assert run("back-up", "north").exit_code == 1
    assert list((north.with_name("data.backups") / "north").iterdir()) == []


def test_a_backup_that_holds_too_little_is_not_good(north, monkeypatch):
    """R8."""
    counted = backups.counted
    monkeypatch.setattr(backups, "counted", lambda connection: counted(connection) | {"person": 4})
    assert "does not hold as many rows as it should" in refused("back-up", "north")
    monkeypatch.setattr(backups, "check", lambda folder, manifest: None)
    is_sqlite = registered(north)["north"]["database"].startswith("sqlite")
    assert is_sqlite or "does not hold as many rows as it should" in refused("back-up", "north")


@ON_SQLITE
def test_a_damaged_file_is_not_good_though_its_hash_is_right(north):
    """R8: it is opened, not only measured."""
    folder = backed_up()
    manifest = json.loads((folder / "manifest.json").read_text())
    for spoil, said in ((_break_a_page, "is damaged"), (_no_database, "is damaged")):
        spoil(folder / "coprod.db")
        manifest["files"]["coprod.db"] = backups.fingerprint_of(folder / "coprod.db")
        (folder / "manifest.json").write_text(json.dumps(manifest))
        assert said in refused("restore", "north", folder)


def _break_a_page(file):
    connection = sqlite_module().connect(file)
    connection.execute("UPDATE signed_in SET person_id = 'nobody'")
    connection.commit()
    connection.close()


def _no_database(file):
    file.write_bytes(b"x" * 4096)


@ON_SQLITE
def test_a_database_that_another_program_has_open_is_not_replaced(north):
    folder = backed_up()
    engine = create_engine(f"sqlite:///{north / 'north' / 'coprod.db'}", module=sqlite_module())
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM person"))
        assert refused("restore", "north", folder).startswith("Another program has this database open.")
    engine.dispose()
    assert not (north.with_name("data.keys") / "north" / start.RESTORING).exists()


def test_a_backup_is_restored_into_an_empty_installation(data, monkeypatch):
    """F8: also where the environment names the one partnership there is."""
    assert CliRunner().invoke(cli.main, ["migrate"]).exit_code == 0
    answer = run("back-up", "first")
    folder = Path(answer.output.splitlines()[0].rpartition(" in ")[2])
    for gone in (data, data.with_name("data.keys")):
        shutil.rmtree(gone)
    answer = run("restore", "first", folder)
    assert answer.exit_code == 0, answer.output
    assert "put aside" not in answer.output
    assert os.path.exists(data / "coprod.db")
