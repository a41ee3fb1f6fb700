"""What is to be arranged so that people can come: from what each said would help, and from her answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.cycles.models import Session
from coprod.cycles.rules.evening import Fact
from coprod.cycles.rules.moves import OVER, runs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.rsvp.models import Arranged, Coming
from coprod.rsvp.rules.answers import at_the_door, is_to_hear, place_of, will_ring
from coprod.workstreams.models import Membership


class What(StrEnum):
    """What can be arranged, in the order in which it is acted on."""

    TAXI = "taxi"
    LIFT = "lift"
    BUS = "bus"
    CRECHE = "creche"
    INTERPRETER = "interpreter"
    READ_ALOUD = "read aloud"
    WITH_ME = "with me"
    LARGE_PRINT = "large print"
    FOOD = "food"
    NEAR_THE_DOOR = "near the door"
    QUIET_ROOM = "quiet room"


TITLES = {
    What.TAXI: "Taxis",
    What.LIFT: "Lifts",
    What.BUS: "Bus tickets",
    What.CRECHE: "Crèche",
    What.INTERPRETER: "Interpreters",
    What.READ_ALOUD: "Someone to read aloud",
    What.WITH_ME: "Someone comes along",
    What.LARGE_PRINT: "Large print",
    What.FOOD: "Food",
    What.NEAR_THE_DOOR: "A seat near the door",
    What.QUIET_ROOM: "A quiet room",
}
HELPS = {
    Help.TAXI: What.TAXI,
    Help.BUS: What.BUS,
    Help.NEAR_THE_DOOR: What.NEAR_THE_DOOR,
    Help.QUIET_ROOM: What.QUIET_ROOM,
    Help.WITH_ME: What.WITH_ME,
    Help.LARGE_PRINT: What.LARGE_PRINT,
    Help.READ_ALOUD: What.READ_ALOUD,
}
"""What helps, and what is to be arranged for it; that evenings help is for who chooses the time."""
NOTHING_TO_CANCEL = frozenset({What.LARGE_PRINT, What.NEAR_THE_DOOR, What.QUIET_ROOM})
"""What nobody waits with elsewhere, should it not be needed after all."""
THE_WAY_LABEL = "Getting there"
THE_WAY = (What.TAXI, What.LIFT, What.BUS)
WAITS = {
    What.TAXI: ("You asked for a taxi", "We tell you here when it comes."),
    What.LIFT: ("You asked for a lift", "We tell you here when it comes."),
    What.BUS: ("You asked for a bus ticket", "We tell you here how you get it."),
}
READY = {
    What.TAXI: "Your taxi is booked",
    What.LIFT: "Your lift is fixed",
    What.BUS: "Your bus ticket is ready",
    What.CRECHE: "Your place is kept",
    What.INTERPRETER: "Your interpreter is booked",
    What.READ_ALOUD: "Someone reads aloud for you",
    What.WITH_ME: "Someone can come with you",
    What.LARGE_PRINT: "Your papers are in large print",
    What.FOOD: "We have the food you need",
    What.NEAR_THE_DOOR: "You have a seat near the door",
    What.QUIET_ROOM: "There is a quiet room",
}


@dataclass(frozen=True)
class Task:
    """One thing to be arranged for one person, and what was arranged, once it is; or to be cancelled again."""

    place: Membership
    what: What
    detail: str
    done: Arranged | None
    to_cancel: bool = False

    @property
    def is_open(self) -> bool:
        """Answer whether somebody has to do something."""
        return self.to_cancel or self.done is None

    @property
    def person(self) -> Person:
        """Answer for whom."""
        return self.place.person

    @property
    def key(self) -> str:
        """Answer what this task is called within its page."""
        return f"{self.what.name.lower().replace('_', '-')}-{self.place.id}"


@dataclass(frozen=True)
class Part:
    """All that is to be arranged of one kind."""

    what: What
    tasks: list[Task]
    more: str

    @property
    def title(self) -> str:
        """Answer what it is called."""
        return TITLES[self.what]


def may_arrange(by: Person, session: Session) -> Answer:
    """Facilitators may, until it is over."""
    over = no(f"This session is {session.state}.") if session.state in OVER else YES
    return runs(by, session) & over


def is_needed(task: Task) -> Answer:
    """What nobody needs any more is cancelled, and not arranged."""
    return no("Nobody needs this any more. Cancel it.") if task.to_cancel else YES


def needed(wanted: Wanted, said: Coming | None) -> dict[What, str]:
    """Answer what is to be arranged for one person, each with its detail, if it has one; nothing after a no."""
    if said and not is_to_hear(said.answer):
        return {}
    found = {HELPS[each]: "" for each in wanted.helps if each in HELPS}
    if said and said.needs_lift and What.TAXI not in found:
        found[What.LIFT] = ""
    if wanted.places:
        found[What.CRECHE] = "1 place" if wanted.places == 1 else f"{wanted.places} places"
    if wanted.language:
        found[What.INTERPRETER] = wanted.language
    if wanted.food:
        found[What.FOOD] = wanted.food
    return {what: found[what] for what in What if what in found}


def to_do(
    places: Sequence[Membership],
    wants: Mapping[UUID, Wanted],
    answers: Mapping[UUID, Coming],
    done: Mapping[tuple[UUID, str], Arranged],
) -> list[Part]:
    """List all there is to arrange for a session, and to cancel again, thing by thing and then by name."""
    tasks = [
        task
        for place in sorted(places, key=lambda place: (place.person.alias.lower(), str(place.id)))
        for task in _of_one(place, needed(wants.get(place.person_id, Wanted()), answers.get(place.person_id)), done)
    ]
    parts = [(what, [task for task in tasks if task.what == what]) for what in What]
    return [Part(what, of_it, _more(what, of_it, wants)) for what, of_it in parts if of_it]


def _of_one(place: Membership, needs: Mapping[What, str], done: Mapping[tuple[UUID, str], Arranged]) -> Iterator[Task]:
    for what in What:
        arranged = done.get((place.person_id, what))
        if what in needs:
            yield Task(place, what, needs[what], arranged)
        elif arranged and what not in NOTHING_TO_CANCEL:
            yield Task(place, what, "", arranged, to_cancel=True)


def _more(what: What, tasks: Sequence[Task], wants: Mapping[UUID, Wanted]) -> str:
    """Say how many places the crèche needs, which is all that is known of who goes there; else how many there are."""
    wanted = [task for task in tasks if not task.to_cancel]
    if what == What.CRECHE and wanted:
        count = sum(wants[task.place.person_id].places for task in wanted)
        return "1 place" if count == 1 else f"{count} places"
    return str(len(wanted)) if len(wanted) > 1 else ""


def left(parts: Sequence[Part]) -> str:
    """Say in one line how much is still to be done."""
    open_ = sum(task.is_open for part in parts for task in part.tasks)
    return f"{open_} to do." if open_ else "All is done."


def find(parts: Sequence[Part], person: UUID, what: str) -> Task | None:
    """Answer one of these, if it is there."""
    return next(
        (task for part in parts for task in part.tasks if (task.place.person_id, task.what) == (person, what)), None
    )


# --- What the person herself reads.


def own_facts(wanted: Wanted, said: Coming | None, done: Mapping[str, Arranged]) -> list[Fact]:
    """Say what is arranged for her, and what of the way there is still to come."""
    mine = needed(wanted, said)
    others = [what for what in mine if what not in (*THE_WAY, What.CRECHE) and what in done]
    facts = [_of_the_way(what, done.get(what)) for what in THE_WAY if what in mine]
    if What.CRECHE in mine and What.CRECHE in done:
        facts.append(Fact("home", "Crèche", *_ready(What.CRECHE, done[What.CRECHE])))
    return [*facts, *(Fact("check", TITLES[what], *_ready(what, done[what])) for what in others)]


def _of_the_way(what: What, done: Arranged | None) -> Fact:
    return Fact("taxi", THE_WAY_LABEL, *(_ready(what, done) if done else WAITS[what]))


def _ready(what: What, done: Arranged) -> tuple[str, str]:
    return done.words or READY[what], ""


def confirmed(session: Session, said: Coming, own: Sequence[Fact]) -> list[Fact]:
    """Say after any answer where it is, how she gets there, who meets her, and who rings."""
    way = [fact for fact in own if fact.label == THE_WAY_LABEL]
    if not way and is_to_hear(said.answer):
        way = [
            Fact(
                "taxi",
                THE_WAY_LABEL,
                "Do you need a taxi or a bus ticket?",
                "Change your answer and tick “I need a lift”.",
            )
        ]
    found = [place_of(session), *way, at_the_door(session), will_ring(session, said)]
    return [fact for fact in found if fact]
