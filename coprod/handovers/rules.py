"""Who hands a group over, to whom, and what the one who takes it needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.actions.models import Action
from coprod.actions.rules import Status, status
from coprod.agreements.models import Agreement
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import long_date
from coprod.cycles.models import Session
from coprod.handovers.models import Handover, HandoverState
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.recommendations.models import Recommendation
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, Role, Workstream
from coprod.workstreams.rules import COMING, is_facilitator, is_member, keeps, seated, standing, to_ring


def may_hand_over(person: Person, stream: Workstream) -> Answer:
    """Facilitators may hand over what they run; a programme admin may for a facilitator who cannot."""
    return keeps(person, stream)


def givers(person: Person, stream: Workstream) -> list[Membership]:
    """List for whom this person may hand over: a facilitator for herself, a programme admin for any of them."""
    running = [place for place in seated(stream) if place.role == Role.FACILITATOR]
    mine = [place for place in running if place.person_id == person.id]
    return mine or (_by_name(running) if person.is_admin else [])


def takers(stream: Workstream) -> list[Membership]:
    """List who can take the group: everybody at the table, so the checks of whoever it is are done."""
    return _by_name(seated(stream))


def _by_name(places: Sequence[Membership]) -> list[Membership]:
    return sorted(places, key=lambda place: (place.person.alias.lower(), str(place.id)))


def may_offer(person: Person, stream: Workstream, giver: Person, taker: Person, *, leaves: bool) -> Answer:
    """Answer whether this person may hand over from the one to the other."""
    two = YES if giver.id != taker.id else no("Name somebody else to take it.")
    own = no("Only the person themself can say that they leave.") if leaves and person.id != giver.id else YES
    runs = YES if is_facilitator(giver, stream) else no(f"{giver.alias} does not run this group.")
    sits = YES if is_member(taker, stream) else no(f"{taker.alias} is not in the group. Invite them first.")
    return may_hand_over(person, stream) & runs & sits & two & own


# --- The life of a handover.


def _taker(person: Person, handover: Handover) -> Answer:
    if person.id != handover.to_id:
        return no("Only the one it is offered to can take it.")
    stream = handover.workstream
    runs = YES if is_facilitator(handover.giver, stream) else no(f"{handover.giver.alias} does not run it any more.")
    return is_member(person, stream) & runs


def _giver(person: Person, handover: Handover) -> Answer:
    may = person.is_admin or person.id == handover.from_id
    return YES if may else no("Only the one who offered it or a programme admin can take it back.")


_S = HandoverState
LIFECYCLE = Lifecycle[Handover](
    [
        Move("taken", frozenset({_S.OFFERED}), _S.TAKEN, _taker, "I take it"),
        Move("taken back", frozenset({_S.OFFERED}), _S.TAKEN_BACK, _giver, "Take it back"),
    ]
)


def sees_what_is_open(person: Person, handover: Handover) -> bool:
    """Answer whether the page shows what is open in the group: to the two of them, to the giver only till it is taken.

    A programme admin may offer it for somebody who cannot; what the group works on is none of theirs (P1).
    """
    if handover.state == HandoverState.OFFERED:
        return person.id in (handover.from_id, handover.to_id) or bool(is_member(person, handover.workstream))
    return person.id == handover.to_id and bool(is_facilitator(person, handover.workstream))


# --- What the next one needs to know.


@dataclass(frozen=True)
class Line:
    """One line of the page: what it is, what more there is to say, and the page it stands on."""

    title: str
    more: str
    endpoint: str
    key: UUID | None


@dataclass(frozen=True)
class Part:
    """One part of the page: its heading, its lines, and the words where there is none."""

    heading: str
    lines: Sequence[Line]
    nothing: str


@dataclass(frozen=True)
class Owed:
    """A decision the group has not been told of yet, by when it should be, and how that stands."""

    title: str
    decision: UUID
    status: str
    due: date


@dataclass(frozen=True)
class Gathered:
    """What is open in one group today, as its own features know it."""

    stream: Workstream
    sessions: Sequence[Session]
    actions: Sequence[Action]
    polls: Sequence[Poll]
    unfinished: Sequence[Recommendation]
    owed: Sequence[Owed]
    agreements: Sequence[Agreement]
    holidays: Sequence[Holiday]


def parts(known: Gathered, today: date) -> list[Part]:
    """Tell what the next one needs to know, part by part."""
    stream = known.stream
    return [
        Part("Next sessions", [_session(one) for one in known.sessions], "No session is planned."),
        Part("Actions", [_action(one, today) for one in _late_first(known.actions, today)], "No action is open."),
        Part(
            "Places",
            [
                Line(m.person.alias, standing(m, today, known.holidays), "workstreams.show", stream.id)
                for m in _by_name(stream.memberships)
                if m.state in COMING
            ],
            "Nobody is asked and not here yet.",
        ),
        Part(
            "Calls",
            [
                Line(m.person.alias, "Wants a call before they answer", "workstreams.show", stream.id)
                for m in to_ring(stream)
            ],
            "Nobody has asked for a call.",
        ),
        Part(
            "Votes open",
            [Line(poll.question, _until(poll), "recommendations.index", None) for poll in known.polls],
            "No vote is open.",
        ),
        Part(
            "Recommendations",
            [Line(one.title, str(one.state).capitalize(), "recommendations.show", one.id) for one in known.unfinished],
            "None is unfinished.",
        ),
        Part("Replies owed to the group", [_reply(one) for one in known.owed], "The group has heard everything."),
        Part("How we work together", _agreement(known), "It is agreed, and nobody has joined since."),
    ]


def _session(session: Session) -> Line:
    return Line(
        f"Session {session.number}, {long_date(session.on)}",
        str(session.state).capitalize(),
        "cycles.session",
        session.id,
    )


def _late_first(actions: Sequence[Action], today: date) -> list[Action]:
    return sorted(actions, key=lambda one: (status(one, today) != Status.LATE, one.due, str(one.id)))


def _action(action: Action, today: date) -> Line:
    told = f"{str(status(action, today)).capitalize()}. {action.owner.alias}, by {long_date(action.due)}"
    return Line(action.what, told, "actions.show", action.id)


def _until(poll: Poll) -> str:
    return f"Until {long_date(poll.closes_at.date())}" if poll.closes_at else "On paper, in the room"


def _reply(owed: Owed) -> Line:
    told = f"{owed.status.capitalize()}. By {long_date(owed.due)}"
    return Line(owed.title, told, "steering.decision", owed.decision)


def _agreement(known: Gathered) -> list[Line]:
    """Say what is left to do about the agreement: domain rule 17 asks for a look whenever somebody joins."""
    agreed = [one for one in known.agreements if one.agreed_on]
    if not agreed:
        return [
            Line("No version is agreed yet", "Agree one before the first session", "agreements.show", known.stream.id)
        ]
    newest = agreed[-1]
    since = [m for m in seated(known.stream) if newest.agreed_on and m.asked_on > newest.agreed_on]
    if not since:
        return []
    return [
        Line(
            f"Version {newest.number}: look at it again",
            "Somebody has joined since",
            "agreements.show",
            known.stream.id,
        )
    ]
