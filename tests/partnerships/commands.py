"""The commands of partnerships, as somebody types them, and a look inside what they made."""

from contextlib import ExitStack
from pathlib import Path

from click.testing import CliRunner

from config import from_register, registered, settings
from coprod import cli, create_app
from coprod.core import schema
from coprod.core.db import at, db
from coprod.partnerships import restores
from coprod.people.models import Person

NORTH, SOUTH = "north.example", "south.example"


def run(*words, typed=None):
    return CliRunner().invoke(cli.main, ["partnership", *map(str, words)], input=typed)


def refused(*words, typed=None):
    answer = run(*words, typed=typed)
    assert isinstance(answer.exception, SystemExit), answer.exception
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
    return answer.output.splitlines()[-1]


def added(*words):
    answer = run("add", *words)
    assert answer.exit_code == 0, answer.output
    return answer.output.splitlines()


def inside(data, name):
    """Go into one of the partnerships."""
    stack = ExitStack()
    wanted = from_register(name, registered(data)[name])
    app = create_app(settings(PARTNERSHIPS=[wanted], DATA=data))
    with app.app_context():
        stack.callback(db.engines[name].dispose)
    stack.enter_context(at(app, wanted))
    return stack


def aliases(data, name):
    with inside(data, name):
        return list(db.session.scalars(db.select(Person.alias).order_by(Person.alias)))


def backed_up(*words):
    answer = run("back-up", "north", *words)
    assert answer.exit_code == 0, answer.output
    return Path(answer.output.splitlines()[0].rpartition(" in ")[2])


def schema_head():
    return restores.ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()
