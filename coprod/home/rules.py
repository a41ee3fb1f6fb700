"""Which home somebody has, and which ways on they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coprod.cycles.models import Session, SessionState
from coprod.people.models import Person, Side
from coprod.workstreams.models import Kind, Membership, Role


class Home(StrEnum):
    """The first pages there are."""

    STEERING = "steering"
    FACILITATOR = "facilitator"
    MEMBER = "member"
    ADMIN = "admin"
    PAYMENTS = "payments"


@dataclass(frozen=True)
class Way:
    """A way on: what it is called, the page it leads to, and what is found there."""

    label: str
    endpoint: str
    words: str


_REACH = Way("How to reach you", "contacts.reach", "Text, call or post, and the safe times")
_CONTACT = Way("Your phone and e-mail", "contacts.mine", "Change them here")
_NAME = Way("What we call you", "people.my_name", "Any name you like")
_SIGN_IN = Way("How you sign in", "people.my_sessions", "See where you are signed in, and end it")
_DATA = Way("What we hold about you", "my_data.show", "See it, take it with you, put it right, or have it erased")
_WORDS = Way("Your own words", "evidence.mine", "What you told a group, who may read it, and how to take it back")
_STORIES = Way("What changed for you", "stories.mine", "What you told us of it, and how to take it back")
_STOP_TEXTS = Way("Stop texts", "people.stop_texts", "Or let them come again")
Ways = dict[str, tuple[Way, ...]]
MONEY = "Thank you, and what you spent"
MEMBERS_OWN: Ways = {
    "So that you can come": (
        _REACH,
        Way("What helps you to come", "needs.helps", "A lift, food, large print and more"),
        Way("Times that never work", "needs.times", "Tap them. Nobody asks why."),
        Way("Someone you can’t be in a room with", "workstreams.apart", "Only the person who checks can read it"),
    ),
    "Help": (
        Way("Who helps you", "supporters.mine", "Choose what they may see"),
        Way("What was done for you", "assistance.mine", "See it, and take it back"),
    ),
    MONEY: (
        Way("Your thank-yous", "payments.mine", "What was offered, and what is paid"),
        Way("How we pay you", "payments.details", "Bank, voucher or cash"),
    ),
    "Your account": (_NAME, _CONTACT, _SIGN_IN, _STOP_TEXTS, _WORDS, _STORIES, _DATA),
}
SUPPORTERS_OWN: Ways = {"Your account": (_NAME, _CONTACT, _SIGN_IN, _STOP_TEXTS, _DATA)}
PROFESSIONALS_OWN: Ways = {"Your account": (_NAME, _CONTACT, _SIGN_IN, _WORDS, _DATA)}
_OWN: dict[Side, Ways] = {
    Side.LIVED: MEMBERS_OWN,
    Side.SUPPORTER: SUPPORTERS_OWN,
    Side.PROFESSIONAL: PROFESSIONALS_OWN,
}


MEMBERS_WAYS = (("Your page", "home.show"), ("Your own things", "home.mine"))


STANDS_FOR = {"workstreams.index": ("/gatherings/", "/templates/", "/sessions/", "/cycles/")}
"""Pages that lie under a way on though their addresses do not."""
CHANGE_WAYS = (
    Way("What we try out", "pilots.index", "Where it is tried, and what came of each small test"),
    Way("Every measure, side by side", "outcomes.programme", "Is it better, worse, or too early to tell?"),
    Way("How we think change happens", "theories.index", "What we do, what it leads to, and how sure we are"),
)
"""The pages about what changes, for whoever sits at a table of the programme."""
SESSION_WAYS = (
    ("Agenda", "cycles.session"),
    ("Who comes", "rsvp.arrangements"),
    ("Run sheet", "room.sheet"),
    ("Notes", "notes.show"),
    ("Paper", "packs.show"),
)
ONCE_TOLD = frozenset({"rsvp.arrangements", "room.sheet", "notes.show"})


def session_ways(session: Session) -> list[tuple[str, str]]:
    """Answer the pages about one session for those who run it; some begin once the group was told of it."""
    told = session.state != SessionState.DRAFT
    return [(label, endpoint) for label, endpoint in SESSION_WAYS if told or endpoint not in ONCE_TOLD]


def own_ways(person: Person, *, is_paid: bool) -> Ways:
    """Answer the pages about a person's own things, by heading; those about money where there can be any."""
    return {heading: ways for heading, ways in _OWN[person.side].items() if is_paid or heading != MONEY}


OFFICE: Ways = {
    "What to set up": (
        Way("The public record", "public_record.upload", "Bring the programme in from a file"),
        Way("People", "people.index", "Accounts, cards, who is an admin"),
        Way("Groups", "workstreams.index", "Start a group, and give people their seats"),
        Way("Would like to join", "interests.index", "The waiting list, and the seats that are open"),
        Way("Rates", "programmes.rates", "What is paid, from which day"),
        Way("Words of messages", "messages.wording", "Each text as a member gets it"),
    ),
    "What to look after": (
        Way("Who has access", "administration.review", "Once a month: keep or take away"),
        Way("Questions about data", "my_data.asks", "What people ask about words others wrote"),
        Way("What is kept how long", "retention.index", "And how the last daily run went"),
        Way("Security log", "people.security_log", "Sign-ins, refusals, changes of rights"),
        Way("See as", "home.see_as", "What each role sees, with examples only"),
    ),
}
PROGRAMMES_OFFICE = (
    Way("Before it starts", "programmes.sign_offs", "Lead and deputy, data protection, accessibility"),
    Way("Holidays", "programmes.holidays", "School holidays to be skipped"),
    Way("Principles and priorities", "principles.index", "What the groups named"),
    Way("What was done", "history.index", "By whom, in words"),
)


def home_of(person: Person, seats: Sequence[Membership], *, only_pays: bool) -> Home:
    """Answer which first page suits somebody: what they run comes before what they sit in.

    Who pays people begins with what is to be paid, where nothing else could wait: admins look after more than that.
    """
    if only_pays and not seats and not person.is_admin:
        return Home.PAYMENTS
    if runs_a_group(seats):
        return Home.FACILITATOR
    if is_on_steering(seats) and (chairs(seats) or not sits_in_a_group(seats)):
        return Home.STEERING
    return Home.ADMIN if person.is_admin and not seats else Home.MEMBER


def runs_a_group(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody facilitates any group."""
    return any(seat.role == Role.FACILITATOR for seat in seats)


def chairs(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody chairs a steering group."""
    return any(seat.role == Role.CHAIR for seat in seats)


def is_on_steering(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody sits on the steering group."""
    return any(seat.workstream.kind == Kind.STEERING for seat in seats)


def sits_in_a_group(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody sits in any group that is not the steering group."""
    return any(seat.workstream.kind != Kind.STEERING for seat in seats)


def doing(seat: Membership) -> str:
    """Say in a few words what somebody does at a table."""
    verbs = {Role.FACILITATOR: "Runs", Role.CHAIR: "Chairs"}
    said = verbs.get(seat.role) or f"{seat.seat.value.capitalize()},"
    return f"{said} {seat.workstream.name}"
