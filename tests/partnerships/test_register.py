"""T1-T6: several partnerships on one installation, added, started and removed."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from config import from_register, registered, settings
from coprod import cli, create_app, start
from coprod.core import schema
from coprod.core.db import db
from coprod.demo import programme as demonstration
from coprod.partnerships import register
from coprod.programmes.models import Programme
from tests.partnerships.commands import NORTH, SOUTH, added, aliases, inside, refused, run

# --- Adding and listing.


def test_each_partnership_has_folders_and_a_secret_of_its_own(data, opened):
    """T1, T6: the command for one opens the database of no other."""
    first = added("north", "--host", "North.Example", "--host", "www.north.example")
    assert first[0] == "Added “north”. Start the server anew, and it answers to: north.example, www.north.example"
    assert first[1].startswith("Nobody has an account there yet. Open https://north.example/set-up and give these")
    added("south", "--host", SOUTH)
    assert opened == ["north", "south"]
    north, south = settings()["PARTNERSHIPS"]
    assert (north.hosts, south.hosts) == ({NORTH, "www.north.example"}, {SOUTH})
    assert north.database == f"sqlite:///{data / 'north' / 'coprod.db'}"
    assert (north.data, north.keys, north.backups) == (
        data / "north",
        data.with_name("data.keys") / "north",
        data.with_name("data.backups") / "north",
    )
    assert len({north.secret, south.secret, settings()["SECRET_KEY"]}) == 3
    assert "secret" not in repr(north)
    assert {path.stat().st_mode & 0o777 for path in (north.data, north.keys, north.backups)} == {0o700}
    assert (data / "partnerships.toml").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in settings(partnership="south")["PARTNERSHIPS"]] == ["south"]


def test_the_list_opens_no_database(data, opened, monkeypatch):
    monkeypatch.setenv("COPROD_HOSTS", "coprod.example,www.coprod.example")
    assert run("list").output == f"first: coprod.example, www.coprod.example – sqlite:///{data / 'coprod.db'}\n"
    added("north", "--host", NORTH)
    opened.clear()
    register.write(data, registered(data) | {"far": registered(data)["north"] | {"database": "postgresql://me:pw@h/d"}})
    assert run("list").output.splitlines() == [
        f"north: {NORTH} – sqlite:///{data / 'north' / 'coprod.db'}",
        f"far: {NORTH} – postgresql://me:***@h/d",
    ]
    assert opened == []


def test_what_was_here_already_is_kept_and_written_into_the_register(data, monkeypatch):
    """A secret that the environment gave goes with it, so that nobody is signed out and no seal is lost."""
    monkeypatch.setenv("COPROD_SECRET", "s" * 40)
    assert CliRunner().invoke(cli.main, ["migrate"]).exit_code == 0
    lines = added("north", "--host", NORTH)
    assert lines[0] == "The partnership that was here already is in the register now, as “first”."
    first, north = settings()["PARTNERSHIPS"]
    assert (first.name, first.hosts, first.secret) == ("first", {"127.0.0.1", "localhost"}, "s" * 40)
    assert (first.database, first.data) == (f"sqlite:///{data / 'coprod.db'}", data)
    assert north.secret != first.secret
    assert added("south", "--host", SOUTH)[0].startswith("Added")


def test_a_database_the_environment_names_is_in_use_too(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{data / 'elsewhere.db'}")
    added("north", "--host", NORTH)
    assert list(registered(data)) == ["first", "north"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("North", "--host", NORTH), "A name has small letters, numbers and dashes, and begins with a letter"),
        (("east", "--host", "https://east.example"), "“https://east.example” is no host name."),
        (("east", "--host", "east.example:80"), "“east.example:80” is no host name."),
        (("north", "--host", "east.example"), "There is a partnership “north” already."),
        (("east", "--host", NORTH), f"The host {NORTH} belongs to “north” already."),
        (("east", "--host", "east.example", "--database", "nowhere"), "That is no address of a database."),
        (("east", "--host", "east.example", "--database", "mysql://x/y"), "A database here is SQLite or PostgreSQL"),
    ],
)
def test_what_cannot_be_added_is_said_kindly(data, words, said):
    added("north", "--host", NORTH)
    assert refused("add", *words).startswith(said)
    assert list(registered(data)) == ["north"]


def test_a_database_that_holds_something_is_nobody_elses_t1(data):
    added("north", "--host", NORTH)
    taken = refused("add", "east", "--host", "east.example", "--database", f"sqlite:///{data / 'north' / 'coprod.db'}")
    assert taken.startswith("There is something in this database already.")
    assert list(registered(data)) == ["north"]


def test_a_database_that_does_not_open_is_said_without_its_password(data):
    said = refused("add", "east", "--host", "east.example", "--database", "postgresql://me:pw@127.0.0.1:1/none")
    assert said == "Coprod does not start: the database postgresql://me:***@127.0.0.1:1/none does not open."
    assert registered(data) is None


def test_keys_may_not_lie_where_backups_are_made_of_b4(data, monkeypatch):
    monkeypatch.setenv("COPROD_KEYS", str(data / "keys"))
    assert refused("add", "north", "--host", NORTH).startswith("The key folder may not lie in the data folder")


def test_a_name_nobody_has_is_said_kindly(data):
    added("north", "--host", NORTH)
    for words in (("migrate", "east"), ("back-up", "east"), ("remove", "east"), ("restore", "east", data)):
        assert refused(*words) == "There is no partnership “east” here. There are: north."


def test_migrate_goes_through_all_and_backs_up_first(data):
    """R7."""
    added("north", "--host", NORTH)
    added("south", "--host", SOUTH)
    assert run("migrate").output.splitlines() == ["“north” is up to date.", "“south” is up to date."]
    with inside(data, "south"):
        schema.downgrade(db.engines["south"], "0013")
    lines = run("migrate", "south").output.splitlines()
    assert lines[0].startswith(f"Backed up first: {data}.backups/south/")
    assert lines[1:] == ["“south” is migrated."]
    with inside(data, "north"):
        schema.downgrade(db.engines["north"], "base")
        db.session.execute(text("DROP TABLE alembic_version"))
        db.session.commit()
    assert run("migrate", "north").output == "“north” is migrated.\n"


# --- Starting.


def test_two_partnerships_that_share_something_do_not_start_t1(data):
    added("north", "--host", NORTH)
    for what in ("hosts", "database", "keys"):
        other = {name: [f"{name}.example"] if name == "hosts" else f"/{name}" for name in ("hosts", "database")}
        north = registered(data)["north"]
        entry = north | other | {"keys": str(data.with_name("data.keys"))} | {what: north[what]}
        config = settings() | {"PARTNERSHIPS": [from_register("north", north), _as_is("south", entry)]}
        with pytest.raises(SystemExit, match=f"two partnerships may not share their {what}"):
            create_app(config)


def _as_is(name, entry):
    settings()
    return from_register(name, entry)


def test_a_partnership_without_its_key_folder_does_not_start_f6(data):
    added("north", "--host", NORTH)
    shutil.rmtree(data.with_name("data.keys") / "north")
    with pytest.raises(SystemExit, match="the secret of “north” is not in its key folder"):
        settings()


def test_a_register_that_cannot_be_read_is_one_clear_line_f6(data):
    data.mkdir()
    (data / "partnerships.toml").write_text("north")
    with pytest.raises(SystemExit, match=r"the register .* cannot be read"):
        settings()


def test_a_weak_secret_of_one_partnership_does_not_start_in_production(data, monkeypatch):
    added("north", "--host", NORTH)
    monkeypatch.setenv("COPROD_MODE", "production")
    (data.with_name("data.keys") / "north" / "secret").write_text("guess")
    with pytest.raises(SystemExit, match="set COPROD_SECRET"):
        create_app(settings())


def test_nothing_is_served_where_every_partnership_was_removed(data):
    added("north", "--host", NORTH)
    assert run("remove", "north", typed="north\n").exit_code == 0
    answer = CliRunner().invoke(cli.main, ["migrate"])
    assert answer.output == "There is no partnership here yet. Add one: ./run partnership add NAME --host HOST\n"
    assert refused("back-up", "north") == "There is no partnership “north” here. There are: none yet."


def test_no_restore_and_no_removal_while_somebody_serves(data):
    added("north", "--host", NORTH)
    app = create_app(settings())
    start.hold(app)
    said = "Coprod is running over this data folder. Stop it first, then do this again."
    assert refused("remove", "north", typed="north\n") == said
    os.close(app.extensions.pop("coprod serves"))
    with start.alone(data), pytest.raises(SystemExit, match="a backup is being brought back"):
        start.hold(app)
    with app.app_context():
        db.engines["north"].dispose()


def test_nothing_starts_while_a_backup_is_half_brought_back(data):
    """R8, L6: so nobody who was erased is served again by a crash."""
    added("north", "--host", NORTH)
    (data.with_name("data.keys") / "north" / start.RESTORING).touch()
    answer = CliRunner().invoke(cli.main, ["migrate"])
    assert answer.output == "Coprod does not start: bringing a backup back was interrupted. Do it again.\n"


# --- Removing.


def test_removing_deletes_the_keys_and_puts_the_files_aside(data):
    added("north", "--host", NORTH)
    added("south", "--host", SOUTH)
    assert refused("remove", "north", typed="south\n") == "That is not its name. Nothing was removed."
    answer = run("remove", "north", typed="north\n")
    assert answer.exit_code == 0
    assert "Its keys and its secret are deleted." in answer.output
    assert list(registered(data)) == ["south"]
    assert not (data.with_name("data.keys") / "north").exists()
    (aside,) = data.glob("removed-north-*")
    assert (aside / "coprod.db").exists()
    assert aliases(data, "south") == []


def test_removing_leaves_a_postgresql_database_and_a_shared_folder_where_they_are(data):
    added("north", "--host", NORTH)
    north = registered(data)["north"]
    keys = data.with_name("data.keys") / "east"
    keys.mkdir()
    (keys / "secret").write_text("x" * 40)
    other = north | {"hosts": ["e"], "database": "postgresql://me:pw@h/d", "keys": str(keys), "data": str(data)}
    register.write(data, {"north": north, "east": other})
    lines = register.remove(data, "east", datetime(2026, 3, 2, tzinfo=UTC))
    assert f"Its files stay where they are: {data}" in lines
    assert "Its database postgresql://me:***@h/d is left as it is: drop it when nobody needs it." in lines


def test_removing_what_has_no_files_left_says_nothing_of_them(data):
    added("north", "--host", NORTH)
    shutil.rmtree(data / "north")
    assert "put aside" not in run("remove", "north", typed="north\n").output


def test_the_environments_one_partnership_cannot_be_removed(data):
    data.mkdir()
    said = refused("remove", "first", typed="first\n")
    assert said == "This is the one partnership of this installation, and the environment names it."


# --- The commands that were there before, where there are several.


def _command(*words):
    return CliRunner().invoke(cli.main, [str(word) for word in words])


def test_import_wants_to_know_whose_record_it_is(data):
    record = Path(demonstration.__file__).with_name("born-into-care.toml")
    added("north", "--host", NORTH)
    added("south", "--host", SOUTH)
    asked = "Say which partnership you mean, with --partnership NAME. There are: north, south.\n"
    assert _command("import", record).output == asked
    unknown = "There is no partnership “east” here. There are: north, south.\n"
    assert _command("import", record, "--partnership", "east").output == unknown
    assert _command("import", record, "--partnership", "south").exit_code == 0
    found = {}
    for name in ("north", "south"):
        with inside(data, name):
            found[name] = list(db.session.scalars(db.select(Programme.name)))
    assert found == {"north": [], "south": ["Born into Care"]}


def test_the_demonstration_keeps_out_of_a_folder_with_partnerships(data):
    added("north", "--host", NORTH)
    answer = _command("demo")
    said = "Partnerships live in this folder. Give the demonstration one of its own: --data DIR\n"
    assert (answer.exit_code, answer.output) == (1, said)


def test_serve_names_the_set_up_words_of_each(data, monkeypatch):
    monkeypatch.setattr(cli, "_serve", lambda app, port: None)
    added("north", "--host", NORTH)
    added("south", "--host", SOUTH)
    lines = _command("serve").output.splitlines()
    assert [line.partition(" and give")[0] for line in lines] == [
        "Nobody has an account yet. Open http://north.example:8000/set-up",
        "Nobody has an account yet. Open http://south.example:8000/set-up",
    ]
