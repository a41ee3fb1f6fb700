"""A word of its own in every private thing: nobody reads one that is not theirs to know, anywhere (F18, P1, P7)."""

from pathlib import Path
from unittest.mock import patch

import pytest
from flask import g
from sqlalchemy import select

from coprod.core.db import Root, db
from coprod.messages import services as messages
from coprod.people import services as people
from tests.access.mutants import mutants
from tests.access.walk import CANARY, read_knows, read_table

WRITTEN_BY_THE_HOUSE = ("journal_entry", "security_event", "message", "once", "hit", "retention_run")
"""What is written down of what people do: ids and verbs, never words (L1, L3)."""

pytestmark = pytest.mark.parametrize("walk", ["sqlite"], indirect=True)


def _words(walk, text):
    return sorted({walk.world.canaries[word.decode().lower()] for word in CANARY.findall(text)})


def test_somebody_has_thought_of_who_may_know_each_thing(walk):
    thought_of = set(read_knows())
    drawn = set(walk.world.canaries.values())
    assert sorted(thought_of - drawn) == []
    assert [what for what in sorted(drawn - thought_of) if not what.startswith("e-mail of")] == []


def test_nobody_reads_what_is_not_theirs_to_know(walk):
    """Every address of the table, every form on it, and wherever links lead, as everybody."""
    assert walk.faults_of_the_table == []
    walk.follow_every_link()
    assert walk.leaks() == []
    assert len(walk.told) > 100


def test_a_leak_would_be_heard(walk):
    leaking = {f"{name} finds all" for name in ("needs.queries:run_by", "safeguarding.queries:one_seen_by")}
    heard = []
    for mutant in mutants():
        if mutant.name in leaking:
            with mutant.plant(walk.app), patch.object(walk, "told", {}):
                walk.faults(line for line in read_table() if line.endpoint == mutant.endpoint)
                heard.append(bool(walk.leaks()))
    assert heard == [True, True]


def test_messages_hold_no_word_but_their_readers_own_name(walk):
    """O1: what goes out names nobody else; where it goes is on the envelope alone."""
    with walk.app.app_context():
        g.partnership = walk.app.config["PARTNERSHIPS"][0]
        people.send_codes()
        messages.send_due()
        folders = {Path(walk.app.config["MAIL_FILE_PATH"]), Path(walk.app.config["TEXT_FOLDER"])}
    sent = [file for folder in folders if folder.exists() for file in folder.rglob("*") if file.is_file()]
    assert sent != []
    astray = [(file.name, told) for file in sent for told in [_words(walk, file.read_bytes())] if _is_about_two(told)]
    assert astray == []


def _is_about_two(told):
    """Answer whether a letter says more than one person's own name and address."""
    return len({what.removeprefix("alias of ").removeprefix("e-mail of ") for what in told}) > 1


def test_what_the_house_writes_down_holds_no_words(walk):
    with walk.app.app_context():
        g.partnership = walk.app.config["PARTNERSHIPS"][0]
        tables = [table for table in Root.metadata.sorted_tables if table.name in WRITTEN_BY_THE_HOUSE]
        written = {table.name: db.session.execute(select(table)).all() for table in tables}
    assert len(tables) == len(WRITTEN_BY_THE_HOUSE)
    assert {name: _words(walk, repr(rows).encode()) for name, rows in written.items() if rows} == {
        name: [] for name, rows in written.items() if rows
    }


def test_logs_hold_no_words(walk):
    """L1."""
    walk.app.logger.warning("Somebody listens.")
    assert walk.logged[-1] == "Somebody listens."
    assert _words(walk, "\n".join(walk.logged).encode()) == []
