"""Who is asked whether they come, until when, and how an answer is spoken of; why is never asked (domain rule 20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.words import clock
from coprod.cycles.models import Session, SessionState
from coprod.cycles.rules.agenda import LEAST_LIVED
from coprod.cycles.rules.evening import Fact, WayOn, runners, where
from coprod.cycles.rules.hints import Hint
from coprod.cycles.rules.moves import TOLD
from coprod.cycles.rules.schedule import begins
from coprod.people.models import Person
from coprod.rsvp.models import Coming, ComingAnswer
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.rules import rests, seated, voters

REMIND_AT = time(16)
LONGEST_WHEN = "tomorrow, Wed 10.30am"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SAID = {
    ComingAnswer.YES: "I’m coming",
    ComingAnswer.NO: "I’m not coming",
    ComingAnswer.NOT_SURE: "I’m not sure",
}
HEADINGS = {
    ComingAnswer.YES: "Thank you. See you there.",
    ComingAnswer.NO: "Thank you for telling us.",
    ComingAnswer.NOT_SURE: "Not sure is fine.",
}
GROUPS = (
    (ComingAnswer.YES, "Coming"),
    (ComingAnswer.NOT_SURE, "Not sure"),
    (ComingAnswer.NO, "Not coming"),
    (None, "Not said yet"),
)


# --- Who may answer, and until when.


def is_open(session: Session, now: datetime) -> Answer:
    """Everybody may answer, and answer anew, from the day it is sent out until it begins, while the group meets."""
    if session.state not in TOLD:
        return no(_WHY_CLOSED[session.state])
    if rests(session.cycle.workstream):
        return no("The group does not meet now.")
    return no("It has begun. There is nothing to answer now.") if now >= session.begins else YES


_WHY_CLOSED = {
    SessionState.DRAFT: "It is not sent out yet.",
    SessionState.CANCELLED: "We do not meet this time.",
    SessionState.HELD: "It is over. There is nothing to answer now.",
}


def is_asked(person: Person, stream: Workstream) -> Answer:
    """Everybody who has joined is asked, but those who run the group: they are there."""
    asked = any(place.person_id == person.id for place in voters(stream))
    return YES if asked else no("Only people in the group are asked, and not those who run it.")


def may_answer(by: Person, person: Person, session: Session, now: datetime) -> Answer:
    """Each answers for themself, until the session begins."""
    herself = YES if by.id == person.id else no("Only the person themself can say this.")
    return herself & is_asked(person, session.cycle.workstream) & is_open(session, now)


# --- The reminder.


def remind_at(session: Session) -> datetime:
    """Answer the moment of its reminder: 4pm the day before, by the clock on the session's wall."""
    return begins(session.on - timedelta(1), REMIND_AT, session.zone)


def is_due(session: Session, now: datetime) -> bool:
    """Answer whether it is time to remind people of this session: from the day before until it begins."""
    return remind_at(session) <= now and bool(is_open(session, now))


def is_to_hear(answer: ComingAnswer | None) -> bool:
    """Whoever said no has said it, and is not asked again."""
    return answer != ComingAnswer.NO


def when_said(session: Session, today: date) -> str:
    """Say the day and the time as a text does: tomorrow, Tue 6pm."""
    near = {session.on: "today, ", session.on - timedelta(1): "tomorrow, "}.get(today, "")
    return f"{near}{DAYS[session.on.weekday()]} {clock(session.starts_at)}"


# --- What an answer says, to whom.


def way_on(answer: ComingAnswer | None) -> WayOn:
    """Name the button on the card that leads to the question."""
    if answer is None:
        return WayOn("Are you coming?", "rsvp.show", main=True)
    return WayOn(f"Change my answer: {SAID[answer]}", "rsvp.show")


def at_the_door(session: Session) -> Fact | None:
    """Say who meets people at the door."""
    names = runners(seated(session.cycle.workstream))
    told = f"{' or '.join(names)} meets you at the door"
    return Fact("door", "When you get there", told) if names else None


def place_of(session: Session) -> Fact:
    """Say where it is."""
    place, way = where(session)
    return Fact("pin", "Where", place, way)


def will_ring(session: Session, said: Coming) -> Fact | None:
    """Say who will ring somebody who has asked for it."""
    names = runners(seated(session.cycle.workstream))
    waits = said.ring_me and not said.rung and names
    return Fact("phone", "By phone", f"{' or '.join(names)} will ring you") if waits else None


# --- For who runs the group, and as a number for everybody who works there.


@dataclass(frozen=True)
class Group:
    """Those who gave one answer, by name and never by when they gave it (P4)."""

    title: str
    places: list[Membership]


def by_answer(places: Sequence[Membership], answers: Mapping[UUID, Coming]) -> list[Group]:
    """Sort everybody who is asked by what they said, those who have not said last; empty groups are left out."""
    in_order = sorted(places, key=lambda place: (place.person.alias.lower(), str(place.id)))
    groups = [
        Group(title, [place for place in in_order if answer_of(place, answers) == answer]) for answer, title in GROUPS
    ]
    return [group for group in groups if group.places]


def answer_of(place: Membership, answers: Mapping[UUID, Coming]) -> ComingAnswer | None:
    """Answer what somebody said, if anything."""
    said = answers.get(place.person_id)
    return said.answer if said else None


def count_coming(places: Sequence[Membership], answers: Mapping[UUID, Coming]) -> str:
    """Say how many come, without a name."""
    coming = sum(answer_of(place, answers) == ComingAnswer.YES for place in places)
    return f"{coming} of {len(places)} {'is' if coming == 1 else 'are'} coming so far."


def to_ring(places: Sequence[Membership], answers: Mapping[UUID, Coming]) -> list[Coming]:
    """List who asked to be rung, by name: those who wait and those who were rung."""
    asked = [answers[place.person_id] for place in places if place.person_id in answers]
    return sorted(
        (said for said in asked if said.ring_me), key=lambda said: (said.person.alias.lower(), said.person_id)
    )


def lived_hint(places: Sequence[Membership], answers: Mapping[UUID, Coming]) -> Hint:
    """Warn where fewer than two people with lived experience are to be expected, by what they said (rule 19)."""
    expected = sum(place.person.is_lived and answer_of(place, answers) != ComingAnswer.NO for place in places)
    if expected >= LEAST_LIVED:
        return Hint("good", f"{expected} parents expected.")
    return Hint("look", "Fewer than 2 parents are expected.", "Think about another day, or ask them what would help.")
