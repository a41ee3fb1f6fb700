"""Who writes down what a group makes, when it may be launched, and how it is said in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence.rules import is_web_address
from coprod.outputs.models import Output, OutputKind, OutputState, OutputVersion, Trial, Use
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, is_member

S = OutputState
GOES_ON = frozenset({S.IN_DEVELOPMENT, S.IN_TEST, S.IN_REFINEMENT})
STILL_TO_COME = "That day is still to come."
UNTRIED = "Nobody has tried it yet. Write down who did, or say why it goes out untried."
NO_VERSION = "Write down its first version first."
HTTPS = "https://"

KINDS = {
    OutputKind.FILM: "A film",
    OutputKind.MAP: "A map",
    OutputKind.GUIDE: "A guide or a leaflet",
    OutputKind.TRAINING: "A training",
    OutputKind.REPORT: "A report",
    OutputKind.OTHER: "Something else",
}


# --- Who may, and when.


def may_make(person: Person, stream: Workstream) -> Answer:
    """Whoever facilitates the group writes down what it makes; what is launched lives on when the group has closed."""
    return is_facilitator(person, stream)


def may_change(person: Person, output: Output) -> Answer:
    """Whoever facilitates its group may."""
    return may_make(person, output.workstream)


def may_add_to(person: Person, output: Output) -> Answer:
    """Versions, trials and uses are added until it is no longer used."""
    gone = no("It is no longer used. Work on it again first.") if output.state == S.RETIRED else YES
    return may_change(person, output) & gone


def may_be_used(person: Person, output: Output) -> Answer:
    """What has no version yet is used nowhere."""
    return may_add_to(person, output) & _has_a_version(output)


def may_plan(person: Person, output: Output) -> Answer:
    """A launch is planned until it has come."""
    return may_change(person, output) & (YES if output.state in GOES_ON else no(f"It is {output.state}."))


def can_come_from(recommendation: Recommendation | None, stream: Workstream) -> Answer:
    """What comes of a recommendation is made by the group that asked for it."""
    own = recommendation is None or recommendation.workstream_id == stream.id
    return YES if own else no("This was asked for by another group.")


def _has_a_version(output: Output) -> Answer:
    return YES if output.versions else no(NO_VERSION)


def _with_a_version(person: Person, output: Output) -> Answer:
    return may_change(person, output) & _has_a_version(output)


def _ready(person: Person, output: Output) -> Answer:
    told = YES if trials_of(output) or output.untried_because else no(UNTRIED)
    return _with_a_version(person, output) & told


LIFECYCLE = Lifecycle[Output](
    [
        Move(
            "put to the test",
            frozenset({S.IN_DEVELOPMENT, S.IN_REFINEMENT}),
            S.IN_TEST,
            _with_a_version,
            "People try it now",
        ),
        Move("refined", frozenset({S.IN_TEST}), S.IN_REFINEMENT, may_change, "We refine it now"),
        Move("launched", GOES_ON, S.LAUNCHED, _ready, "Launch it"),
        Move("retired", frozenset({S.LAUNCHED}), S.RETIRED, may_change, "It is no longer used"),
        Move("worked on again", frozenset({S.LAUNCHED, S.RETIRED}), S.IN_REFINEMENT, may_change, "We work on it again"),
    ]
)
BY_A_PAGE_OF_ITS_OWN = frozenset({"launched"})
May = Callable[[Person, Output], Answer]


def sits_at(person: Person, stream: Workstream) -> bool:
    """Answer whether somebody sits at this table now."""
    return bool(is_member(person, stream))


def is_a_button(name: str) -> Answer:
    """The launch asks for a day, so no one press makes it."""
    return no("Say on which day it went out.") if name in BY_A_PAGE_OF_ITS_OWN else YES


def buttons(person: Person, output: Output) -> list[Move[Output]]:
    """List the moves that one press makes."""
    return [move for move in LIFECYCLE.open_to(person, output) if move.name not in BY_A_PAGE_OF_ITS_OWN]


def may_launch(person: Person, output: Output) -> Answer:
    """Answer whether the page that asks about the launch opens: whether anybody tried it, is asked there."""
    return _with_a_version(person, output) & (YES if output.state in GOES_ON else no(f"It is {output.state}."))


def shows_what_it_came_of(person: Person, output: Output) -> bool:
    """Answer whether this reader may know the recommendation: what was not sent yet is its own group's alone."""
    asked = output.recommendation
    return asked is not None and (asked.submitted_on is not None or sits_at(person, output.workstream))


# --- What must fit.


def has_come(on: date, today: date) -> Answer:
    """What happened is written down once it has."""
    return YES if on <= today else no(STILL_TO_COME)


def can_be_planned(on: date | None, today: date) -> Answer:
    """A launch is planned for a day to come; none at all takes the plan back."""
    return no("Choose today or a day to come.") if on is not None and on < today else YES


def can_lead_to(address: str) -> Answer:
    """An address leads to a page on the web that nobody can read along."""
    fine = not address or (address.startswith(HTTPS) and is_web_address(address))
    return YES if fine else no(f"Write an address that begins with {HTTPS}.")


def can_be_tried(version: OutputVersion, on: date, today: date) -> Answer:
    """Nobody tries a version before it is there."""
    early = no("This version was not there yet on that day.") if on < version.on else YES
    return has_come(on, today) & early


def can_end(use: Use, until: date, today: date) -> Answer:
    """A use ends once, not before it began, and not in days to come."""
    if use.until is not None:
        return no("This has ended already.")
    return has_come(until, today) & (no("It began later than that.") if until < use.since else YES)


# --- In words.


@dataclass(frozen=True)
class Step:
    """One of the four steps on the way out into the world."""

    word: str
    standing: str
    """Done, now, or to come."""


WAY = (
    ("Developed", S.IN_DEVELOPMENT),
    ("Tested", S.IN_TEST),
    ("Refined", S.IN_REFINEMENT),
    ("Launched", S.LAUNCHED),
)


def steps(output: Output) -> list[Step]:
    """Lay out how far it is: developed, tested, refined, launched."""
    if output.state in (S.LAUNCHED, S.RETIRED):
        return [Step(word, "done") for word, _ in WAY]
    now = next(number for number, (_, state) in enumerate(WAY) if state == output.state)
    return [
        Step(word, "now" if number == now else "done" if number < now else "to come")
        for number, (word, _) in enumerate(WAY)
    ]


def trials_of(output: Output) -> list[Trial]:
    """List who tried it, whichever version."""
    return [trial for version in output.versions for trial in version.trials]


def in_use(output: Output) -> list[Use]:
    """List where it is used now."""
    return [use for use in output.uses if use.until is None]


def day_words(day: date) -> str:
    """Say a day: 10 April 2024."""
    return f"{day.day} {day:%B %Y}"


def launch_words(output: Output, today: date) -> str:
    """Say when it went out, or when it is to; what was planned and did not come is said as plainly."""
    planned, out = output.launch_planned, output.launched_on
    if out is not None and output.state not in GOES_ON:
        moved = f" It was planned for {day_words(planned)}." if planned and planned != out else ""
        return f"{day_words(out)}.{moved}"
    if planned is None:
        return "No day yet."
    return f"Planned for {day_words(planned)}." + (" It is not out yet." if planned < today else "")


def use_words(use: Use) -> str:
    """Say since when it is used there, or from when to when it was."""
    if use.until is None:
        return f"Since {day_words(use.since)}"
    return f"From {day_words(use.since)} to {day_words(use.until)}"


def changed_in_the_world(outputs: Iterable[Output]) -> list[str]:
    """Say what is out in the world now, a sentence for each place: "The map is now used at the booking visit"."""
    return [f"{output.name} is now used {_mid(use.place)}" for output in outputs for use in in_use(output)]


def _mid(words: str) -> str:
    """Put words inside a sentence."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() else words[0].lower() + words[1:]


def list_words(output: Output, today: date) -> str:
    """Say in one line what it is and where it is used."""
    places: Sequence[str] = [_mid(use.place) for use in in_use(output)]
    used = f"Used {' and '.join(places)}." if places else f"Launch: {_mid(launch_words(output, today))}"
    return f"{KINDS[output.kind]}. {used}"
