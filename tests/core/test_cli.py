"""The command line, on both databases, up to the point where a server would start."""

import os
import runpy
import shutil
import signal
from contextlib import ExitStack
from pathlib import Path

import granian
import pytest
from alembic.script import ScriptDirectory
from click.testing import CliRunner
from sqlalchemy import text

from coprod import cli, create_app
from coprod.core import schema
from coprod.core.db import db, here
from coprod.demo import programme as demonstration
from coprod.people.models import Person
from coprod.programmes.models import Programme
from tests.conftest import KINDS, a_database
from tests.factories import an_admin

RECORD = Path(demonstration.__file__).with_name("born-into-care.toml")


@pytest.fixture(params=KINDS)
def made(request, tmp_path, monkeypatch):
    """An installation of its own over an empty database; the applications the commands made, in order."""
    with ExitStack() as stack:
        monkeypatch.setenv("DATABASE_URL", a_database(request, tmp_path, stack))
        monkeypatch.setenv("COPROD_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("COPROD_MODE", "test")
        monkeypatch.setenv("COPROD_DEMONSTRATION", "no")
        monkeypatch.setenv("COPROD_ADDRESS", "")
        monkeypatch.delenv("COPROD_KEYS", raising=False)
        applications = []
        monkeypatch.setattr(
            cli, "create_app", lambda chosen: applications.append(create_app(chosen)) or applications[-1]
        )
        yield applications
        for app in applications:
            with app.app_context():
                db.session.remove()
                db.engines[here().name].dispose()


@pytest.fixture
def run(made):
    return lambda *words: CliRunner().invoke(cli.main, words)


class Workers:
    """Workers that do nothing, and note that they were stopped."""

    def __init__(self):
        self.stopped = False

    def stop(self, graceful):
        self.stopped = graceful


@pytest.fixture
def kept(monkeypatch):
    """The applications whose chores would be done, and the workers who would have done them."""
    found = []
    monkeypatch.setattr(cli.jobs, "start", lambda app: found.append((app, Workers())) or found[-1][1])
    return found


@pytest.fixture
def served(monkeypatch, kept):
    """What a server would have been started with."""
    starts = []

    class Server:
        def __init__(self, *target, **options):
            self.start = (target, options)

        def serve(self):
            starts.append(self.start)

    monkeypatch.setattr(granian, "Granian", Server)
    return starts


def _drift(app):
    with app.app_context():
        return schema.drift(db.engines[here().name])


# --- The database.


def test_migrate_brings_an_empty_database_to_the_present_schema(run, made, tmp_path):
    assert run("check-drift").exit_code == 1
    assert run("migrate").exit_code == 0
    assert _drift(made[-1]) == []
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    again = run("check-drift")
    assert (again.exit_code, again.output) == (0, "")


def test_drift_is_said_in_lines(run, made):
    run("migrate")
    with made[-1].app_context(), db.engines[here().name].begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    answer = run("check-drift")
    assert answer.exit_code == 1
    assert answer.output.startswith("The migrations lag behind the models:\n")
    assert "shoe_size" in answer.output


def test_the_next_migration_is_written_and_named(run, made, tmp_path, monkeypatch):
    copied = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", copied)
    before = len(list((copied / "versions").glob("[0-9]*.py")))
    answer = run("migration", "Nothing new")
    path = copied / "versions" / f"{before + 1:04}_nothing_new.py"
    assert answer.exit_code == 0
    assert answer.output.splitlines()[-1] == str(path)
    assert ScriptDirectory(str(copied)).get_current_head() == f"{before + 1:04}"


# --- The public record.


def _programmes(app):
    with app.app_context():
        return list(db.session.scalars(db.select(Programme.name)))


def test_import_brings_the_record_in_and_says_what_it_did(run, made):
    answer = run("import", str(RECORD))
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 10
    assert _programmes(made[-1]) == ["Born into Care"]
    again = run("import", "--apply", str(RECORD))
    assert again.exit_code == 0
    assert len(again.output.splitlines()) < len(answer.output.splitlines())


def test_import_of_a_faulty_record_says_why_and_brings_nothing_in(run, made, tmp_path):
    faulty = tmp_path / "faulty.toml"
    faulty.write_text("[programme]\nname = 3\n")
    answer = run("import", str(faulty))
    assert answer.exit_code == 1
    assert "programme" in answer.output
    assert _programmes(made[-1]) == []


# --- Serving.


def test_serve_names_the_secret_only_while_nobody_has_an_account(run, made, served, kept):
    first = run("serve", "--port", "8123")
    assert first.exit_code == 0
    assert "Nobody has an account yet. Open /set-up and give these words: " in first.output
    ((target, options),) = served
    assert target == ("wsgi:app",)
    assert (options["address"], options["port"]) == ("127.0.0.1", 8123)
    assert [(app, workers.stopped) for app, workers in kept] == [(made[0], True)]
    with made[-1].app_context():
        an_admin()
        db.session.commit()
    assert run("serve").output == ""
    assert served[1][1]["port"] == 8000


def test_demo_loads_the_demonstration_and_serves_it_at_its_own_day(run, made, served, monkeypatch):
    monkeypatch.setattr(demonstration, "load", lambda: an_admin("Lee"))
    answer = run("demo", "--port", "8124")
    assert answer.output == "Coprod’s demonstration is at http://127.0.0.1:8124 – stop it with Ctrl+C.\n"
    assert os.environ["COPROD_DEMONSTRATION"] == "yes"
    app = made[-1]
    assert (app.config["DEMONSTRATION"], f"{app.config['NOW']:%Y-%m-%d}") == (True, "2025-11-17")
    with app.app_context():
        assert list(db.session.scalars(db.select(Person.alias))) == ["Lee"]
    assert len(served) == 1


def test_post_does_the_chores_of_a_migrated_installation_until_it_is_stopped(run, made, monkeypatch):
    done, handlers = Workers(), {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def start(app):
        os.kill(os.getpid(), signal.SIGTERM)
        return done

    monkeypatch.setattr(cli.jobs, "start", start)
    assert run("post").exit_code == 0
    for number, handler in handlers.items():
        signal.signal(number, handler)
    assert done.stopped
    assert _drift(made[-1]) == []


# --- What needs no database.


def test_states_draws_every_lifecycle():
    answer = CliRunner().invoke(cli.main, ["states"])
    assert answer.exit_code == 0
    assert answer.output.startswith("# Lifecycles\n\nDrawn from the code by `./run fix`.")
    for title in ("Recommendations", "Programmes", "Workstreams"):
        assert f"\n## {title}\n\n```mermaid\nstateDiagram-v2\n" in answer.output
    assert answer.output.endswith("```\n")


def test_a_feature_without_rules_has_no_lifecycle():
    assert cli._lifecycles("nowhere") == []


def test_the_command_line_is_the_package_itself(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["coprod", "--help"])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("coprod", run_name="__main__")
    assert stopped.value.code == 0
    assert "check-drift" in capsys.readouterr().out
