"""Saying, sorting, setting aside, and asking the group. Who said what, and when, is written down nowhere (P4, P5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import update

from coprod.core.answers import require
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.statements import queries, rules
from coprod.statements.models import Asked, Statement, Theme
from coprod.statements.rules import Wish
from coprod.voting import services as voting
from coprod.voting.models import Kind, Poll
from coprod.workstreams.models import Workstream


def say(stream: Workstream, words: str, *, by: Person) -> None:
    """Put one statement with the others; said before, it stands there already."""
    lock(stream)
    heard = queries.heard_in(stream)
    require(rules.may_say(by, stream, len(heard)))
    _put(stream, [words], heard)


def add(stream: Workstream, lines: Sequence[str], *, by: Person) -> int:
    """Put what was written on paper with the others, in no order; answer how many were new."""
    lock(stream)
    heard = queries.heard_in(stream)
    require(rules.may_add(by, stream, len(heard), len(lines)))
    return _put(stream, lines, heard)


def _put(stream: Workstream, lines: Iterable[str], heard: Iterable[Statement]) -> int:
    known = [statement.words for statement in heard]
    new: list[str] = []
    for words in map(rules.tidied, lines):
        if not any(rules.is_same(words, other) for other in (*known, *new)):
            new.append(words)
    # Rows are written in the order of random keys, so that the lines' own order stands nowhere.
    keys = sorted(uuid4() for _ in new)
    shuffled = SystemRandom().sample(new, len(new))
    db.session.add_all(
        [Statement(id=key, workstream=stream, words=words) for key, words in zip(keys, shuffled, strict=True)]
    )
    db.session.flush()
    return len(new)


# --- Sorting.


def name_theme(stream: Workstream, name: str, *, by: Person) -> Theme:
    """Name a theme; one of this name that is there already is the one."""
    lock(stream)
    themes = queries.themes_of(stream)
    known = next((theme for theme in themes if rules.is_same(theme.name, name)), None)
    require(rules.may_sort(by, stream) if known else rules.may_name(by, stream, len(themes)))
    return known or _named(stream, name, by=by)


def _named(stream: Workstream, name: str, *, by: Person) -> Theme:
    number = next_number(Theme.number, Theme.workstream_id == stream.id)
    theme = Theme(workstream=stream, number=number, name=rules.tidied(name))
    db.session.add(theme)
    db.session.flush()
    record(by, "named", theme)
    return theme


def sort(stream: Workstream, wishes: Iterable[Wish], *, by: Person) -> list[Wish]:
    """Put statements under themes; answer the wishes that somebody else was faster with: what they did stands (R4)."""
    lock(stream)
    require(rules.may_sort(by, stream))
    said = {statement.id: statement for statement in queries.said_in(stream)}
    themes = {theme.id for theme in queries.themes_of(stream)}
    late = []
    for wish in wishes:
        statement = said.get(wish.statement)
        if statement is None or not wish.moves:
            continue
        if rules.is_overtaken(wish, statement.theme_id, themes):
            late.append(wish)
        else:
            statement.theme_id = wish.to
    db.session.flush()
    return late


def rename(theme: Theme, name: str, *, read: str, by: Person) -> None:
    """Give a theme another name than the one that was read.

    Raises that somebody else was faster (R4), or that another theme is called this.
    """
    _hold(theme)
    require(rules.may_sort(by, theme.workstream))
    wanted = rules.tidied(name)
    if wanted == theme.name:
        return
    if theme.name != read:
        raise Overtaken
    others = [other for other in queries.themes_of(theme.workstream) if other is not theme]
    if any(rules.is_same(wanted, other.name) for other in others):
        raise rules.Taken
    theme.name = wanted
    record(by, "renamed", theme)


def remove(theme: Theme, *, by: Person) -> None:
    """Take a theme away; what stood under it is not sorted again."""
    _hold(theme)
    require(rules.may_sort(by, theme.workstream))
    record(by, "removed", theme)
    db.session.execute(update(Statement).where(Statement.theme_id == theme.id).values(theme_id=None))
    db.session.expire(theme, ["statements"])
    db.session.delete(theme)
    db.session.flush()


def _hold(thing: Theme | Statement) -> None:
    """Hold the group first, as all that changes here does, then this one; gone meanwhile, it is not found."""
    lock(thing.workstream)
    lock(thing)


def set_aside(statement: Statement, why: str, *, by: Person) -> None:
    """Set a statement aside, with the reason everybody can read; who did it is not kept, as it may be her own."""
    _hold(statement)
    statement.why_set_aside = why or statement.why_set_aside
    rules.STATEMENTS.make(by, "set aside", statement)
    db.session.flush()


def bring_back(statement: Statement, *, by: Person) -> None:
    """Put a statement back with the others."""
    _hold(statement)
    heard = queries.heard_in(statement.workstream)
    require(rules.STATEMENTS.may(by, "brought back", statement) & rules.may_bring_back(statement, heard))
    rules.STATEMENTS.make(by, "brought back", statement)
    statement.why_set_aside = ""
    db.session.flush()


def take_out(statement: Statement, *, by: Person) -> None:
    """Take a statement out for good, words and all."""
    _hold(statement)
    require(rules.may_take_out(by, statement, asked=bool(queries.asked_among([statement]))))
    db.session.delete(statement)
    db.session.flush()


# --- Asking the group.


def ask(
    stream: Workstream, question: str, chosen: Sequence[Statement], closes_at: datetime, *, by: Person, **terms: Any
) -> Poll:
    """Put these statements to the group: a private vote in which each is agreed with, or not, or passed.

    `terms` are those every vote is opened with: how many must answer, and who is left out.
    """
    lock(stream)
    require(rules.may_ask(by, stream))
    require(rules.may_be_asked(chosen, queries.heard_in(stream)))
    words = [statement.words for statement in chosen]
    poll = voting.draft(stream, question, by=by, kind=Kind.STATEMENTS, options=words)
    db.session.add_all(
        [Asked(poll_id=poll.id, number=number, statement_id=statement.id) for number, statement in enumerate(chosen, 1)]
    )
    voting.open_vote(poll, closes_at, by=by, **terms)
    return poll
