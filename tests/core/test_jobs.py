"""R9: the work that nobody waits for, done for each partnership in turn."""

import logging
import threading
import time
from datetime import timedelta

import pytest
import time_machine

from coprod import jobs
from coprod.core import db as database_module
from coprod.core.db import Root, db, here
from coprod.jobs import Chore, Jobs
from coprod.people.models import Person
from tests.conftest import a_partnership, make_app
from tests.factories import a_person

START = "2026-03-02 09:00:00 +00:00"


@pytest.fixture
def two(tmp_path):
    """An installation of two partnerships, each with one person."""
    places = []
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "coprod.db"
        places.append(a_partnership(tmp_path / name, f"sqlite:///{file}", name, f"{name}.example"))
    made = make_app(tmp_path, "sqlite://", PARTNERSHIPS=places)
    for place in places:
        with database_module.at(made, place):
            Root.metadata.create_all(db.engines[place.name])
            a_person(place.name)
            db.session.commit()
    yield made
    with made.app_context():
        for place in places:
            db.engines[place.name].dispose()


def _work_off(work):
    """Do what is queued, as the workers would."""
    while (task := work.huey.dequeue()) is not None:
        work.huey.execute(task)


def _noting(done):
    return lambda: done.append((here().name, db.session.scalar(db.select(Person.alias))))


def _tick(work):
    work.tick()
    _work_off(work)


def test_a_chore_is_done_for_each_partnership_over_its_own_database_t1(two):
    done = []
    _tick(Jobs(two, (Chore("note", jobs.EACH_SECOND, _noting(done)),)))
    assert done == [("north", "north"), ("south", "south")]


def test_a_chore_comes_round_when_it_is_due_and_not_before(two):
    done = []
    work = Jobs(two, (Chore("note", jobs.EACH_MINUTE, lambda: done.append(here().name)),))
    with time_machine.travel(START, tick=False) as clock:
        for seconds in (0, 59, 1):
            clock.shift(timedelta(seconds=seconds))
            _tick(work)
    assert done == ["north", "south"] * 2


def test_a_clock_that_was_set_back_keeps_nothing_waiting_r10(two):
    done = []
    work = Jobs(two, (Chore("note", jobs.EACH_MINUTE, lambda: done.append(here().name)),))
    with time_machine.travel(START, tick=False) as clock:
        _tick(work)
        clock.shift(timedelta(days=-1))
        _tick(work)
    assert done == ["north", "south"] * 2


def test_two_processes_do_not_take_the_same_turn(two):
    """R9: a row is the lease; a turn that somebody took and was never heard of again is taken once it ran out."""
    done = []
    chores = (Chore("note", jobs.EACH_SECOND, lambda: done.append(here().name)),)
    one, other = Jobs(two, chores), Jobs(two, chores)
    with time_machine.travel(START, tick=False) as clock:
        one.tick()
        one.huey.storage.flush_queue()
        _tick(other)
        assert done == []
        clock.shift(timedelta(seconds=31))
        _tick(other)
    assert done == ["north", "south"]


@pytest.mark.parametrize(
    ("every", "lease"),
    [
        (jobs.EACH_SECOND, timedelta(seconds=30)),
        (jobs.EACH_MINUTE, timedelta(minutes=1)),
        (jobs.EACH_DAY, timedelta(minutes=10)),
    ],
)
def test_a_lease_is_long_enough_to_work_in_and_short_enough_to_wait_for(every, lease):
    assert Chore("note", every, lambda: None).lease == lease


def test_a_chore_that_fails_stops_no_other_and_is_logged_by_kind_and_tried_again_l1(two, caplog):
    """Nor does any log say whose chore it was: nobody learns of another partnership there (T6)."""
    done = []

    def fails():
        a_person("Somebody half made")
        if here().name == "north":
            raise ConnectionError("ada@example.org was not found")

    work = Jobs(two, (Chore("fails", jobs.EACH_DAY, fails), Chore("note", jobs.EACH_DAY, _noting(done))))
    with caplog.at_level(logging.ERROR), time_machine.travel(START, tick=False) as clock:
        _tick(work)
        assert caplog.messages == ["The chore “fails” failed and is tried again: ConnectionError"]
        assert [name for name, _ in done] == ["north", "south"]
        clock.shift(timedelta(minutes=5))
        _tick(work)
    assert len(caplog.messages) == 2
    assert len(done) == 2
    for place, kept in zip(two.config["PARTNERSHIPS"], (["north"], ["Somebody half made", "south"]), strict=True):
        with database_module.at(two, place):
            assert list(db.session.scalars(db.select(Person.alias).order_by(Person.alias))) == kept


def test_what_was_queued_for_a_partnership_or_a_chore_that_is_gone_is_let_go(two):
    done = []
    work = Jobs(two, (Chore("note", jobs.EACH_SECOND, _noting(done)),))
    work.queue("note", "east")
    work.queue("gone", "north")
    _work_off(work)
    assert done == []


def test_the_queue_holds_no_word_of_anybody(two):
    """R9: a chore and a partnership, by name, and nothing else."""
    work = Jobs(two, (Chore("note", jobs.EACH_SECOND, lambda: None),))
    work.tick()
    queued = [work.huey.deserialize_task(item).args for item in work.huey.storage.enqueued_items()]
    assert sorted(queued) == [("note", "north"), ("note", "south")]


def test_every_chore_there_is_can_be_done_with_nothing_to_do(app, database, caplog):
    with caplog.at_level(logging.ERROR):
        _tick(Jobs(app))
    assert caplog.messages == []


def test_workers_do_what_is_due_within_two_seconds_and_stop_when_told(two):
    done, both = [], threading.Event()

    def note():
        done.append(here().name)
        if set(done) == {"north", "south"}:
            both.set()

    workers = jobs.Workers(Jobs(two, (Chore("note", jobs.EACH_SECOND, note),)))
    began = time.monotonic()
    workers.start()
    assert both.wait(5)
    assert time.monotonic() - began < 2
    workers.stop(graceful=True)
    assert not workers.scheduler.is_alive()


def test_a_clock_that_fails_goes_on(two, monkeypatch, caplog):
    """R10: a full disk today is no reason to stop for ever."""
    ticks, again = [], threading.Event()

    def tick(self):
        ticks.append("tick")
        if len(ticks) > 1:
            again.set()
        raise OSError("no room for ada@example.org")

    monkeypatch.setattr(Jobs, "tick", tick)
    with caplog.at_level(logging.ERROR):
        workers = jobs.start(two)
        assert again.wait(5)
        workers.stop(graceful=True)
    assert set(caplog.messages) == {"The clock of the chores failed and goes on: OSError"}


def test_no_two_chores_have_one_name():
    assert len({chore.name for chore in jobs.CHORES}) == len(jobs.CHORES)
