"""What each role sees here, shown with invented people: nothing of it is read from the database (P1)."""

from dataclasses import dataclass

from coprod.home import rules
from coprod.people.models import Person, Side


@dataclass(frozen=True)
class Shown:
    """One thing on a page: what it is, and the small words beside it."""

    what: str
    more: str = ""


@dataclass(frozen=True)
class Example:
    """An invented person in one role: the menu, the first page, and where the line is drawn."""

    key: str
    role: str
    who: str
    side: Side
    menu: tuple[str, ...]
    first_page: str
    shown: tuple[Shown, ...]
    sees: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def own(self) -> rules.Ways:
        """Answer the pages about their own things, by heading: the same list real people of this side have."""
        return rules.own_ways(Person(alias=self.who, side=self.side), is_paid=True)


_MEMBERS = tuple(label for label, _ in rules.MEMBERS_WAYS)
_SEATED = ("Home", "Groups", "Recommendations", "Actions", "Decisions", "Pilots", "Programme")
_NEVER_ANYBODY = (
    "How anybody voted",
    "Anybody's phone number, e-mail address or needs",
    "Who is here now, or was last",
)

EXAMPLES = (
    Example(
        "member",
        "Member with lived experience",
        "Robin",
        Side.LIVED,
        (*_MEMBERS, "What we ask for", "Tuesday group", "Take a break, or leave the group"),
        "Hello Robin",
        (
            Shown("Tuesday group", "Tomorrow, 6pm"),
            Shown("Your private vote is open", "It closes on Friday at 5pm"),
            Shown("You said: “Tell us before the meeting, not in it.”", "They decided: yes, from January"),
        ),
        ("Names people chose in the same group", "What the group asks for, and what came of it", "Their own actions"),
        ("Other groups", *_NEVER_ANYBODY, "Concerns of others"),
    ),
    Example(
        "supporter",
        "Supporter of a member",
        "Jo",
        Side.SUPPORTER,
        tuple(label for label, _ in rules.MEMBERS_WAYS),
        "Who I help",
        (
            Shown("Robin shares: when we meet", "Tuesday 18 November, 6pm"),
            Shown("Robin shares: lifts", "None asked for"),
        ),
        ("What the member shares, one thing at a time",),
        ("Votes: no page of any vote is there for a supporter", "What the group says", *_NEVER_ANYBODY),
    ),
    Example(
        "professional",
        "Professional in a group",
        "Sam",
        Side.PROFESSIONAL,
        _SEATED,
        "Hello Sam",
        (
            Shown("Practice models", "Tomorrow, 6pm"),
            Shown("Your action: send the leaflet round", "Due on Friday"),
            Shown("Your private vote is open", "It closes on Friday at 5pm"),
        ),
        ("Names people chose in the same group", "What the group asks for, and what came of it"),
        ("Groups they do not sit in", *_NEVER_ANYBODY, "Who asked not to be in a room with whom"),
    ),
    Example(
        "facilitator",
        "Facilitator",
        "Fay",
        Side.PROFESSIONAL,
        _SEATED,
        "Hello Fay",
        (
            Shown("Next session: practice models", "Week 4 of 10, tomorrow at 6pm"),
            Shown("A vote is open", "Enough have answered for a result"),
            Shown("One action is late", "Held by a professional"),
        ),
        (
            "What the group needs to take part: counted, not whose it is, unless it was shared",
            "The checks before somebody joins their group",
            "Seats, attendance and actions by side",
        ),
        (*_NEVER_ANYBODY, "Worries before they are read out, or whose they are", "Groups they do not run"),
    ),
    Example(
        "chair",
        "Chair of the steering group",
        "Chris",
        Side.PROFESSIONAL,
        ("Home", "To decide", *_SEATED[1:]),
        "Hello Chris",
        (
            Shown("To decide: tell parents before the meeting", "Submitted by practice models"),
            Shown("A reply is owed", "10 working days, until 2 December"),
        ),
        ("What groups submitted, and the result of the vote as it was published",),
        ("What is said in a group", "Results of sides with fewer than five", *_NEVER_ANYBODY),
    ),
    Example(
        "lead",
        "Safeguarding lead",
        "Kim",
        Side.PROFESSIONAL,
        ("Home", "Concerns", "Groups", "Programme"),
        "Hello Kim",
        (Shown("One concern is waiting", "Answer within 30 minutes, or the deputy is told"),),
        ("Concerns that were raised, with the words of who raised them", "The security log"),
        ("Groups they do not sit in", *_NEVER_ANYBODY),
    ),
    Example(
        "admin",
        "Programme admin",
        "Lee",
        Side.PROFESSIONAL,
        ("Home", "Groups", "Programme", "People", "Office"),
        "Hello Lee",
        tuple(Shown(way.label, way.words) for group in rules.OFFICE.values() for way in group),
        ("Who has an account, by role and place", "Names of groups, and who has a seat there"),
        ("What groups say and decide among themselves", "Concerns", *_NEVER_ANYBODY, "Anybody's page as that person"),
    ),
)
BY_KEY = {example.key: example for example in EXAMPLES}
