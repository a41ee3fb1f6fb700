"""Who writes down what a group makes, when it may be launched, and how it is said in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence.rules import is_web_address
from coprod.outputs.models import Launch, Output, OutputKind, OutputState, OutputVersion, Trial, Use
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
        Move("launched", GOES_ON, S.LAUNCHED, _with_a_version, "Launch it"),
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


def can_go_out(output: Output, on: date, today: date) -> Answer:
    """A launch has come; nothing goes out before its first version is there, and the later launch is the later one."""
    if any(version.on > on for version in output.versions[:1]):
        return no("There was no version yet on that day.")
    return has_come(on, today) & (
        no("It went out later than that.") if any(on < one.on for one in output.launches) else YES
    )


def says_why_untried(output: Output, because: str) -> Answer:
    """What nobody has tried goes out with a reason."""
    return YES if trials_of(output) or because else no(UNTRIED)


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


def is_the_same(
    output: Output, name: str, kind: OutputKind, what_for: str, recommendation: Recommendation | None
) -> bool:
    """Answer whether these words are what stands there."""
    return (output.name, output.kind, output.what_for, output.recommendation) == (name, kind, what_for, recommendation)


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
    return [Step(word, _stands(output, number, now)) for number, (word, _) in enumerate(WAY)]


def _stands(output: Output, number: int, now: int) -> str:
    if number == now:
        return "now"
    return "done" if number < now or output.launches else "to come"


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
    """Say when it went out, each time, and when it is to; what was planned and did not come is said as plainly."""
    return " ".join([*map(_went_out, output.launches), *_to_come(output, today)])


def _went_out(launch: Launch) -> str:
    again = "" if launch.number == 1 else "Again on "
    planned = launch.planned
    moved = f" It was planned for {day_words(planned)}." if planned and planned != launch.on else ""
    return f"{again}{day_words(launch.on)}.{moved}"


def _to_come(output: Output, today: date) -> list[str]:
    """Say what is to come; what is out already is told what is done to it now."""
    if output.state not in GOES_ON:
        return []
    planned, words = output.launch_planned, [f"It is {output.state}."] if output.launches else []
    if planned is None:
        return words or ["No day yet."]
    again = "The next one is planned" if output.launches else "Planned"
    late = ["That day has passed."] if output.launches else ["It is not out yet."]
    return [*words, f"{again} for {day_words(planned)}.", *(late if planned < today else [])]


def untried_words(output: Output) -> str:
    """Say why it went out although nobody had tried it, with the day where it went out more than once."""
    told = [launch for launch in output.launches if launch.because]
    if len(output.launches) == 1:
        return "".join(launch.because for launch in told)
    return " ".join(f"{day_words(launch.on)}: {launch.because}" for launch in told)


def use_words(use: Use) -> str:
    """Say since when it is used there, or from when to when it was."""
    if use.until is None:
        return f"Since {day_words(use.since)}"
    return f"From {day_words(use.since)} to {day_words(use.until)}"


def _mid(words: str) -> str:
    """Put words inside a sentence."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() else words[0].lower() + words[1:]


def list_words(output: Output, today: date) -> str:
    """Say in one line what it is and where it is used."""
    places: Sequence[str] = [_mid(use.place) for use in in_use(output)]
    used = f"Used {' and '.join(places)}." if places else f"Launch: {_mid(launch_words(output, today))}"
    return f"{KINDS[output.kind]}. {used}"


def theirs_beside(
    output: Output, name: str, kind: OutputKind, what_for: str, recommendation: Recommendation | None
) -> dict[str, str]:
    """Answer what stands there now wherever somebody wrote something else, by the name of the box (R4)."""
    asked = output.recommendation
    stands = {
        "name": (output.name, name),
        "kind": (KINDS[output.kind], KINDS[kind]),
        "what_for": (output.what_for, what_for),
        "recommendation": (_named(asked), _named(recommendation)),
    }
    return {box: now for box, (now, mine) in stands.items() if now != mine}


def _named(asked: Recommendation | None) -> str:
    return f"{asked.number}. {asked.title}" if asked is not None else ""
