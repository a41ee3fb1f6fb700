"""The work that nobody waits for: sent, swept and made due by the clock, for each partnership in turn (R9).

What is to be done stands in the partnerships' own databases, as rows. Here is only a clock and a queue: each second it
is asked which chores are due, and those are queued, by name, for a few workers. So nothing is lost when this file
is: it holds no word of anybody's, and may be deleted at any time the server is not running.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from huey import SqliteHuey
from huey.consumer import Consumer, Scheduler

from coprod.actions import services as actions
from coprod.contacts import services as contacts
from coprod.core import once
from coprod.core.db import Partnership, at, db
from coprod.evidence import services as evidence
from coprod.files import services as files
from coprod.gatherings import services as gatherings
from coprod.messages import services as messages
from coprod.my_data import services as my_data
from coprod.people import services as people
from coprod.retention import services as retention
from coprod.rsvp import services as rsvp
from coprod.safeguarding import services as safeguarding
from coprod.steering import services as steering
from coprod.voting import services as voting
from coprod.workstreams import services as workstreams

EACH_SECOND = timedelta()
EACH_MINUTE = timedelta(minutes=1)
EACH_HOUR = timedelta(hours=1)
EACH_DAY = timedelta(days=1)
TRIED_AGAIN = timedelta(minutes=5)
SHORTEST_LEASE = timedelta(seconds=30)
LONGEST_LEASE = timedelta(minutes=10)
FILE = "jobs.db"

_TABLE = """
CREATE TABLE IF NOT EXISTS turn (
    chore TEXT, partnership TEXT, due REAL NOT NULL DEFAULT 0, held REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (chore, partnership)
)"""
# A clock that was set back must not keep a chore waiting, so what lies too far ahead is due as well.
_TAKE = """
UPDATE turn SET held = :now + :lease WHERE chore = :chore AND partnership = :partnership
AND (due <= :now OR due > :now + :every) AND (held <= :now OR held > :now + :lease)"""
_GIVE_BACK = "UPDATE turn SET held = 0, due = :due WHERE chore = :chore AND partnership = :partnership"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something done again and again; done twice it does no more than done once."""

    name: str
    every: timedelta
    do: Callable[[], object]

    @property
    def lease(self) -> timedelta:
        """Answer after how long somebody who took it and was never heard of again is not waited for."""
        return min(max(self.every, SHORTEST_LEASE), LONGEST_LEASE)


def _finish_wiping() -> None:
    voting.finish_wiping(voting.here_engine(), voting.key_folder())
    my_data.finish_wiping()
    evidence.finish_wiping()


CHORES = (
    Chore("sign-in codes", EACH_SECOND, people.send_codes),
    Chore("messages", EACH_SECOND, messages.send_due),
    Chore("wiping", EACH_SECOND, _finish_wiping),
    Chore("messages that are wrong by now", EACH_MINUTE, messages.withdraw_what_is_wrong),
    Chore("contacts", EACH_MINUTE, contacts.make_due_changes),
    Chore("places", EACH_MINUTE, workstreams.settle_places),
    Chore("groups together", EACH_MINUTE, gatherings.come_together),
    Chore("votes", EACH_MINUTE, voting.count_due),
    Chore("files", EACH_MINUTE, files.scan_waiting),
    Chore("reminders", EACH_MINUTE, rsvp.queue_reminders),
    Chore("agendas", EACH_HOUR, steering.refresh_agendas),
    Chore("replies owed", EACH_HOUR, steering.remind_replies),
    Chore("decisions to look at again", EACH_HOUR, steering.remind_reviews),
    Chore("actions due", EACH_HOUR, actions.remind_due),
    Chore("actions late", EACH_HOUR, actions.escalate_late),
    Chore("deputies", EACH_MINUTE, safeguarding.alert_deputies),
    Chore("old forms", EACH_HOUR, once.forget_old),
    Chore("letting go", EACH_DAY, retention.run),
)


class Jobs:
    """The queue of one installation, and whose turn it is."""

    def __init__(self, app: Flask, chores: tuple[Chore, ...] = CHORES) -> None:
        self.app = app
        self.chores = {chore.name: chore for chore in chores}
        self.partnerships: dict[str, Partnership] = {one.name: one for one in app.config["PARTNERSHIPS"]}
        # Python's own SQLite may be one whose write-ahead log can break (R1); and nothing here must outlive a crash.
        self.huey = SqliteHuey(
            "coprod", filename=str(app.config["DATA"] / FILE), results=False, journal_mode="delete", fsync=False
        )
        self.huey.storage.sql(_TABLE, commit=True)
        self.queue: Any = self.huey.task(name="chore")(self.do)

    def tick(self) -> None:
        """Queue what is due and nobody has in hand."""
        for chore in self.chores.values():
            for partnership in self.partnerships:
                if self._take(chore, partnership):
                    self.queue(chore.name, partnership)

    def do(self, name: str, partnership: str) -> None:
        """Do one chore for one partnership; a failure is logged by its kind alone: its words can be anybody's (L1)."""
        if name not in self.chores or partnership not in self.partnerships:
            return
        chore, began = self.chores[name], time.time()
        again = began + chore.every.total_seconds()
        with at(self.app, self.partnerships[partnership]):
            try:
                chore.do()
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                log.error("The chore “%s” failed and is tried again: %s", name, type(error).__name__)
                again = min(again, began + TRIED_AGAIN.total_seconds())
        self._sql(_GIVE_BACK, chore=name, partnership=partnership, due=again)

    def _take(self, chore: Chore, partnership: str) -> bool:
        self._sql(
            "INSERT OR IGNORE INTO turn (chore, partnership) VALUES (:chore, :partnership)",
            chore=chore.name,
            partnership=partnership,
        )
        every, lease = chore.every.total_seconds(), chore.lease.total_seconds()
        values = {"chore": chore.name, "partnership": partnership, "every": every, "lease": lease}
        return self._sql(_TAKE, now=time.time(), **values) == 1

    def _sql(self, statement: str, **values: object) -> int:
        with self.huey.storage.db(commit=True) as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)


class _EachSecond(Scheduler):
    """Huey's own clock looks at its periodic tasks once a minute, which is too seldom for who waits for a code."""

    def __init__(self, jobs: Jobs, stop_flag: Any) -> None:
        super().__init__(jobs.huey, stop_flag, 1, periodic=False)
        self.jobs = jobs

    def loop(self, now: Any = None) -> None:
        """Look what is due; a full disk or a locked file today is no reason to stop for ever (R10)."""
        try:
            self.jobs.tick()
        except Exception as error:
            log.error("The clock of the chores failed and goes on: %s", type(error).__name__)
        self.stop_flag.wait(1)


class Workers(Consumer):
    """The workers of one process, and their clock; any number of processes may run some."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        # A mail server that does not answer may hold up both senders of a partnership, and no other partnership.
        workers = 2 + 2 * len(jobs.partnerships)
        super().__init__(jobs.huey, workers=workers, max_delay=0.5, shutdown_timeout=5)

    def _create_scheduler(self) -> Scheduler:
        return _EachSecond(self.jobs, self.stop_flag)

    def _set_signal_handlers(self) -> None:
        """Leave signals to the server or the command that these workers go with."""


def start(app: Flask) -> Workers:
    """Begin; `stop(graceful=True)` lets what is in hand be finished."""
    workers = Workers(Jobs(app))
    workers.start()
    return workers
