"""Removing the demonstration in one step (journey 24)."""

import shutil

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from coprod import cli
from coprod.administration import services
from coprod.core.answers import Refused
from coprod.core.db import Root, db, here
from coprod.people.models import Person
from coprod.voting import sealing
from coprod.voting import services as voting
from tests.factories import an_admin
from tests.voting.ballots import a_table, an_open_vote

WORDS = {"word": "Remove the example"}


@pytest.fixture
def demonstration(app, database, monkeypatch):
    """A demonstration with a group, an open vote with its key, a mail, and the ledger of an erasure."""
    monkeypatch.setitem(app.config, "DEMONSTRATION", True)
    place, poll = here(), an_open_vote(a_table())
    (place.data / "mail").mkdir(exist_ok=True)
    (place.data / "mail" / "1.log").write_text("Your code is 123456")
    (place.keys / "erased").write_text("somebody")
    (place.keys / "secret").write_text("kept")
    (place.keys / "folder").mkdir()
    lee = an_admin("Lee")
    db.session.commit()
    yield lee, poll
    db.session.rollback()
    (place.data / services.REMOVED).unlink(missing_ok=True)
    shutil.rmtree(place.data / "mail", ignore_errors=True)


def rows():
    return sum(db.session.scalar(select(func.count()).select_from(table)) for table in Root.metadata.sorted_tables)


def test_everything_goes_in_one_step_and_leads_to_the_first_account(demonstration, as_, app):
    """B4 and L6 too: no key of a vote stays, and what was deleted is wiped."""
    visitor, place = as_(demonstration[0]), here()
    page = visitor.post("/remove-demonstration", data=WORDS)
    assert page.status_code == 200
    assert rows() == 0
    kept = {path.name for path in place.keys.iterdir()}
    assert kept == {"secret", "set-up", "votes"}
    assert list(voting.key_folder().iterdir()) == [sealing.wiping_is_due(voting.key_folder())]
    assert not (place.data / "mail").exists()
    db.session.rollback()
    voting.finish_wiping(voting.here_engine(), voting.key_folder())
    assert list(voting.key_folder().iterdir()) == []
    words = (place.keys / "set-up").read_text()
    assert words in page.text
    answer = visitor.post("/set-up", data={"words": words, "alias": "Ann", "email": "ann@example.org"})
    assert answer.status_code == 303
    assert db.session.scalars(select(Person.alias)).all() == ["Ann"]


def test_the_session_is_over_with_everything_else(demonstration, as_):
    visitor = as_(demonstration[0])
    visitor.post("/remove-demonstration", data=WORDS)
    assert visitor.get("/").location == "/sign-in"


def test_a_slip_removes_nothing(demonstration, as_):
    visitor = as_(demonstration[0])
    assert "remove the example" in visitor.get("/remove-demonstration").text
    answer = visitor.post("/remove-demonstration", data={"word": "yes"})
    assert answer.status_code == 422
    assert "Type these words, and nothing else: remove the example" in answer.text
    assert rows() > 10
    assert (here().data / "mail").exists()


def test_what_breaks_on_the_way_leaves_everything(demonstration, as_, monkeypatch):
    """One go: the tables are emptied in one transaction, and the folders only once it is kept."""
    monkeypatch.setattr(services.people, "set_up_secret", lambda keys: 1 / 0)
    assert as_(demonstration[0]).post("/remove-demonstration", data=WORDS).status_code == 500
    assert rows() > 10
    assert sealing.kept_keys(voting.key_folder()) == [demonstration[1].id]
    assert (here().data / "mail" / "1.log").exists()


def test_it_is_an_admins_and_only_in_a_demonstration(demonstration, as_, app, monkeypatch):
    fay = as_(db.session.scalars(select(Person).where(~Person.is_admin).limit(1)).one())
    assert fay.get("/remove-demonstration").status_code == 403
    assert fay.post("/remove-demonstration", data=WORDS).status_code == 403
    monkeypatch.setitem(app.config, "DEMONSTRATION", False)
    lee = as_(demonstration[0])
    assert (lee.get("/remove-demonstration").status_code, lee.post("/remove-demonstration").status_code) == (404, 404)
    with pytest.raises(Refused, match="no demonstration here"):
        services.remove_demonstration(by=demonstration[0], demonstration=False)


def test_the_demonstration_does_not_load_itself_again(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_DATA", str(tmp_path))
    (tmp_path / services.REMOVED).touch()
    answer = CliRunner().invoke(cli.main, ["demo"])
    assert answer.exit_code == 1
    first, second = answer.output.splitlines()
    assert first.endswith("is not loaded again. Serve what is here: ./run serve")
    assert second.startswith("To have the demonstration back, give it a new folder: ./run demo --data DIR")
