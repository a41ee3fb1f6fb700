"""What a partnership has written by the newest released migration: carried forward, back and forward again (R7)."""

from contextlib import ExitStack

import pytest
from sqlalchemy import inspect, text

from coprod.core import schema
from coprod.core.db import db, here
from tests.conftest import KINDS, a_database, make_app

RELEASED = "0045"
PERSON = {"active": True, "is_admin": False, "no_text_links": False, "rights": 0, "totp_last": 0}
PROGRAMME = dict.fromkeys(
    ("bodies", "aims", "governance", "outputs", "report_sections", "workstream_seats", "sources"), "[]"
)
TABLE = {"state": "active", "purpose": "", "neutral_name": "", "open_ended": False, "note": ""}
TABLE |= {"seats": "{}", "outputs": "[]", "sources": "[]", "programme_id": "programme"}
ASKED = dict.fromkeys(("said", "problem", "data", "practice_elsewhere", "stories", "options", "outcomes"), "Words")
ASKED |= {"owner_wanted": "", "cost": "", "presenter": "", "submitted_as": "", "why_sent": ""}
DECIDED = {"options": "", "changes": "", "question": "", "would_change": "", "dissent": "", "wants_pilot": False}
DECIDED |= {"members": 7, "members_present": 5, "lived_present": 2, "recorded_by_id": "Alex"}
WRITTEN = [
    ("programme", "programme", PROGRAMME | {"name": "Early care", "state": "active", "partnership": "Two councils"}),
    ("person", "Robin", PERSON | {"alias": "Robin", "side": "lived"}),
    ("person", "Alex", PERSON | {"alias": "Alex", "side": "professional"}),
    ("workstream", "stream", TABLE | {"name": "Families", "kind": "workstream"}),
    ("workstream", "steering", TABLE | {"name": "Steering", "kind": "steering group"}),
    ("membership", "place", {"workstream_id": "steering", "person_id": "Alex", "seat": "team", "role": "chair"}),
    ("recommendation", "asked", ASKED | {"workstream_id": "stream", "steering_id": "steering", "title": "A call"}),
    ("meeting", "held", {"workstream_id": "steering", "on": "2025-10-14", "starts_at": "10:00:00.000000"}),
    ("presence", None, {"meeting_id": "held", "membership_id": "place"}),
    ("decision", "first", DECIDED | {"reason": "It is right.", "number": 1, "verdict": "accept", "on": "2025-10-14"}),
    ("reply", "reply", {"decision_id": "first", "words": "You asked.", "sent_on": "2025-10-15", "by_id": "Alex"}),
    ("action", "late", {"workstream_id": "steering", "opened_on": "2025-10-20", "state": "open"}),
    ("action", "early", {"workstream_id": "steering", "opened_on": "2025-10-14", "state": "done"}),
    ("action", "twin", {"workstream_id": "steering", "opened_on": "2025-10-14", "state": "said done"}),
    ("action", "ours", {"workstream_id": "stream", "opened_on": "2025-10-15", "state": "open"}),
    ("action", "ours too", {"workstream_id": "stream", "opened_on": "2025-10-16", "state": "cancelled"}),
    ("action", "older", {"workstream_id": "stream", "opened_on": "2025-10-17", "state": "done"}),
    ("journal_entry", "found", {"subject_id": "early", "verb": "said done", "at": "2025-10-20 08:00:00.000000"}),
    ("journal_entry", "agreed", {"subject_id": "early", "verb": "agreed done", "at": "2025-10-21 22:59:00.000000"}),
    ("journal_entry", "anew", {"subject_id": "early", "verb": "agreed done", "at": "2025-10-22 23:30:00.000000"}),
    ("journal_entry", "let go", {"subject_id": "ours too", "verb": "cancelled", "at": "2025-10-30 23:30:00.000000"}),
    ("journal_entry", "open", {"subject_id": "late", "verb": "cancelled", "at": "2025-10-30 23:30:00.000000"}),
    (
        "due_change",
        "moved",
        {"action_id": "ours", "was": "2025-10-30", "now": "2025-11-30", "reason": "The ward shut."},
    ),
]
"""In the order in which one points at another; what points somewhere has the short name of it."""
MORE = {
    "membership": {"state": "joined"},
    "recommendation": {"state": "replied", "number": 1, "version": 1},
    "meeting": {"place": "The library", "state": "closed"},
    "decision": {"recommendation_id": "asked", "meeting_id": "held", "state": "recorded"},
    "action": {"what": "Ring the ward", "owner_id": "Robin", "due": "2025-11-30", "evidence": ""},
    "journal_entry": {"by_id": "Alex", "subject": "action", "before": "", "after": ""},
    "due_change": {"number": 1, "on": "2025-10-28", "by_id": "Robin"},
}
KEYS = {name: f"{number:032x}" for number, (_, name, _) in enumerate(WRITTEN, 1) if name}
SAID_DONE = {"early": "Robin", "twin": "Robin"}


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    """A database as the newest release left it, with something in every table that is rebuilt since."""
    with ExitStack() as stack:
        made = make_app(tmp_path, a_database(request, tmp_path, stack))
        stack.enter_context(made.app_context())
        engine = db.engines[here().name]
        schema.upgrade(engine, RELEASED)
        with engine.begin() as connection:
            for table, name, said in WRITTEN:
                _write(connection, table, name, MORE.get(table, {}) | said)
        yield engine
        db.session.remove()
        engine.dispose()


def _write(connection, table, name, said):
    """Write one row, as any program might that knows nothing of the models."""
    row = {column: KEYS[cell] if column.endswith("_id") else cell for column, cell in said.items()}
    row |= {"id": KEYS[name]} if name else {}
    row |= {"said_done_by_id": KEYS[SAID_DONE[name]]} if name in SAID_DONE else {}
    columns = ", ".join(f'"{column}"' for column in row)
    connection.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(map(":{}".format, row))})'), row)


def _reading(engine):
    """Say for each table that was written in how to read all of it, by the columns that it has now."""
    found = {table: inspect(engine).get_columns(table) for table, _, _ in WRITTEN}
    columns = {table: ", ".join(f'"{column["name"]}"' for column in known) for table, known in found.items()}
    return {table: text(f'SELECT {names} FROM "{table}"') for table, names in columns.items()}


def _rows(engine, reading):
    """Read every row, in any order."""
    with engine.connect() as connection:
        return {table: sorted(map(str, connection.execute(asked).all())) for table, asked in reading.items()}


def _of_each_action(engine, column):
    """Read what each action has got in this column, by the short name of it."""
    named = {key: name for name, key in KEYS.items()}
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT id, {column} FROM action")).all()
    return {named[str(key).replace("-", "")]: got for key, got in found}


def test_what_was_written_is_carried_forward_and_back(engine):
    """R7."""
    reading = _reading(engine)
    before = _rows(engine, reading)
    schema.upgrade(engine)
    assert _rows(engine, reading) == before
    numbers = {"early": 1, "twin": 2, "late": 3, "ours": 1, "ours too": 2, "older": 3}
    assert _of_each_action(engine, "number") == numbers
    settled = {name: str(on) for name, on in _of_each_action(engine, "settled_on").items() if on}
    assert settled == {"early": "2025-10-23", "ours too": "2025-10-30"}
    schema.downgrade(engine, RELEASED)
    assert _reading(engine).keys() == reading.keys()
    assert _rows(engine, _reading(engine)) == before
    schema.upgrade(engine)
    assert _rows(engine, reading) == before
    assert schema.drift(engine) == []
