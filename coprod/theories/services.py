"""Everything that changes a theory of change, or answers it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.theories import queries, rules
from coprod.theories.models import PartKind, Standing, Theory, TheoryArrow, TheoryPart, TheoryState, TheoryYes

PART_LINKS = ("recommendations", "pilots", "indicators")
ARROW_LINKS = ("pilots", "indicators")


@dataclass(frozen=True)
class Linked:
    """What a part or an arrow is linked to, and what its writer could have chosen: what she may not see stays."""

    chosen: dict[str, Sequence[Any]] = field(default_factory=dict)
    known: Collection[UUID] = ()


NOTHING = Linked()


# --- Versions.


def start(programme: Programme, *, by: Person) -> Theory:
    """Start the first version with its parts to be found, or the next as a copy of the last."""
    lock(programme)
    versions = queries.versions_of(programme)
    require(rules.may_start(by, queries.tables_of(programme), versions))
    state = TheoryState.SECOND if versions else TheoryState.FIRST
    theory = Theory(programme=programme, number=len(versions) + 1, state=state, changed="")
    db.session.add(theory)
    db.session.flush()
    if versions:
        _copy(versions[-1], theory)
    record(by, "started", theory)
    return theory


def _copy(last: Theory, theory: Theory) -> None:
    """Copy parts and arrows: what was agreed is never changed, and an arrow keeps its number."""
    copies = {part.id: _copied(part, PART_LINKS, kind=part.kind, words=part.words) for part in last.parts}
    theory.parts = list(copies.values())
    db.session.flush()
    for arrow in last.arrows:
        said = {"assumption": arrow.assumption, "evidence": arrow.evidence, "standing": arrow.standing}
        ends = {"start": copies[arrow.start_id], "end": copies[arrow.end_id]}
        theory.arrows.append(_copied(arrow, ARROW_LINKS, **said, **ends))
    db.session.flush()


def _copied(thing: Any, links: Sequence[str], **said: Any) -> Any:
    copied = {name: list(getattr(thing, name)) for name in links}
    return type(thing)(number=thing.number, **said, **copied)


def say_what_changed(theory: Theory, words: str, *, by: Person) -> None:
    """Say in a few words what this version changes."""
    _held(theory, by)
    theory.changed = words
    record(by, "wrote", theory)


def find_parts(theory: Theory, *, by: Person) -> None:
    """Note that the parts are there, and go on to the arrows."""
    _move(theory, "parts found", by=by)


def go_back(theory: Theory, *, by: Person) -> None:
    """Go back to the parts; the arrows stay."""
    _move(theory, "back to the parts", by=by)


def give_to_read(theory: Theory, *, by: Person) -> None:
    """Ask everybody at the programme's tables to read it and to agree."""
    _move(theory, "given to read", by=by)


def take_back(theory: Theory, *, by: Person) -> None:
    """Change it again; whoever agreed to the old words is asked again."""
    _move(theory, "taken back", by=by)
    db.session.execute(delete(TheoryYes).where(TheoryYes.theory_id == theory.id))


def agree(theory: Theory, *, by: Person) -> None:
    """Note that it is agreed; the version before it is superseded, and kept whole."""
    _move(theory, "agreed", by=by)
    for earlier in queries.versions_of(theory.programme):
        if earlier.state == TheoryState.AGREED and earlier is not theory:
            _move(earlier, "superseded", by=by)


def _move(theory: Theory, name: str, *, by: Person) -> None:
    _wait_for(theory)
    before, after = rules.LIFECYCLE.make(by, name, theory)
    if theory.state == TheoryState.AGREED:
        theory.agreed_on = today()
    record(by, name, theory, before=before, after=after)


# --- Parts.


def add_part(theory: Theory, kind: PartKind, words: str, linked: Linked = NOTHING, *, by: Person) -> TheoryPart:
    """Add a part."""
    _held(theory, by)
    require(rules.has_room(theory, 1))
    part = _add(theory, kind, words)
    _link(part, PART_LINKS, linked)
    db.session.flush()
    record(by, "wrote", theory)
    return part


def add_parts(theory: Theory, said: Mapping[PartKind, Sequence[str]], *, by: Person) -> int:
    """Add what the room said, a part a line; what stands there already is not added again."""
    _held(theory, by)
    there = {(part.kind, part.words.casefold()) for part in theory.parts}
    new = [(kind, words) for kind in rules.KINDS for words in said.get(kind, ())]
    new = [(kind, words) for kind, words in new if (kind, words.casefold()) not in there]
    require(rules.has_room(theory, len(new)))
    for kind, words in new:
        _add(theory, kind, words)
    if new:
        record(by, "wrote", theory)
    return len(new)


def _add(theory: Theory, kind: PartKind, words: str) -> TheoryPart:
    number = next_number(TheoryPart.number, TheoryPart.theory_id == theory.id)
    part = TheoryPart(number=number, kind=kind, words=words)
    theory.parts.append(part)
    db.session.flush()
    return part


def change_part(
    part: TheoryPart, kind: PartKind, words: str, linked: Linked = NOTHING, *, read: str, by: Person
) -> None:
    """Change a part as it was read, or raise Overtaken with what it says now (R4)."""
    _held(part.theory, by, part)
    if rules.mark_of(part) != read:
        raise Overtaken(part)
    require(rules.can_be(part, kind, part.theory.arrows))
    part.kind, part.words = kind, words
    _link(part, PART_LINKS, linked)
    record(by, "wrote", part.theory)


def remove_part(part: TheoryPart, *, by: Person) -> None:
    """Take a part out, with its arrows."""
    theory = part.theory
    _held(theory, by, part)
    for arrow in [one for one in theory.arrows if part in (one.start, one.end)]:
        theory.arrows.remove(arrow)
    db.session.flush()
    theory.parts.remove(part)
    record(by, "wrote", theory)


# --- Arrows.


@dataclass(frozen=True)
class Claim:
    """What an arrow says: from where to where, what it takes for granted, what shows it, and how sure we are."""

    start: TheoryPart
    end: TheoryPart
    assumption: str
    evidence: str = ""
    standing: Standing = Standing.NOT_TESTED


def add_arrow(theory: Theory, claim: Claim, linked: Linked = NOTHING, *, by: Person) -> TheoryArrow:
    """Draw an arrow."""
    _held(theory, by)
    require(rules.may_draw(by, theory) & rules.can_join(theory, claim.start, claim.end))
    number = next_number(TheoryArrow.number, TheoryArrow.theory_id == theory.id)
    arrow = TheoryArrow(number=number, **vars(claim))
    theory.arrows.append(arrow)
    _link(arrow, ARROW_LINKS, linked)
    db.session.flush()
    record(by, "wrote", theory)
    return arrow


def change_arrow(arrow: TheoryArrow, claim: Claim, linked: Linked = NOTHING, *, read: str, by: Person) -> None:
    """Change an arrow as it was read, or raise Overtaken with what it says now (R4)."""
    theory = arrow.theory
    _held(theory, by, arrow)
    require(rules.may_draw(by, theory))
    if rules.mark_of(arrow) != read:
        raise Overtaken(arrow)
    require(rules.can_join(theory, claim.start, claim.end, arrow))
    for name, value in vars(claim).items():
        setattr(arrow, name, value)
    _link(arrow, ARROW_LINKS, linked)
    record(by, "wrote", theory)


def remove_arrow(arrow: TheoryArrow, *, by: Person) -> None:
    """Take an arrow out; its number is not given again while a later one stands."""
    theory = arrow.theory
    _held(theory, by, arrow)
    require(rules.may_draw(by, theory))
    theory.arrows.remove(arrow)
    record(by, "wrote", theory)


def _held(theory: Theory, by: Person, thing: TheoryPart | TheoryArrow | None = None) -> None:
    """Hold the theory while it is changed, and refuse where it may not be; what is gone meanwhile is not found."""
    _wait_for(theory)
    require(rules.may_write(by, theory))
    if thing is not None and thing not in (*theory.parts, *theory.arrows):
        raise NoResultFound


def _wait_for(theory: Theory) -> None:
    """Hold it and read all of it afresh: whoever was here before may have changed it."""
    lock(theory)
    queries.read_afresh(theory)


def _link(thing: Any, names: Sequence[str], linked: Linked) -> None:
    for name in names:
        setattr(thing, name, rules.kept(getattr(thing, name), linked.chosen.get(name, ()), linked.known))


# --- Who agrees: no journal speaks of it.


def say_yes(theory: Theory, *, named: bool, by: Person, read: str = "") -> None:
    """Keep that this person agrees to this version, and whether her groups may see her name under it.

    Where it was changed since she `read` it, Overtaken is raised: she agreed to other words (R4).
    """
    lock(theory, shared=True)
    queries.read_afresh(theory)
    require(rules.may_say_yes(by, theory))
    if read and read != rules.mark_of_all(theory):
        raise Overtaken
    own = queries.own_yes(by, theory)
    if own is None:
        db.session.add(TheoryYes(theory_id=theory.id, person_id=by.id, named=named))
    else:
        own.named = named
    db.session.flush()


def take_back_yes(theory: Theory, *, by: Person) -> None:
    """Keep it no longer."""
    lock(theory, shared=True)
    require(rules.may_say_yes(by, theory))
    own = TheoryYes.theory_id == theory.id, TheoryYes.person_id == by.id
    db.session.execute(delete(TheoryYes).where(*own))
