"""What the house itself offers: the ten weeks and the evening of 115 minutes (domain section 7)."""

from dataclasses import dataclass
from uuid import UUID

from coprod.library.models import Stage, Template, TemplateItem, TemplateKind, TemplateStep, TemplateWeek

TEN = 10
TEN_WEEKS = UUID("c0c0a000-0000-4000-8000-00000000000a")
EVENING = UUID("c0c0a000-0000-4000-8000-000000000115")
OFFERED = (TEN_WEEKS, EVENING)
"""The keys of the house's own outlines, which lie in no table."""
REVIEW_AT = 5

BEFORE = (
    "A walk to get to know each other",
    "A gym class together",
    "A picnic together",
    "Agree how we work together",
)
AFTER = ("Take it to the steering group", "Tell the group what came back", "Follow the pilots")


@dataclass(frozen=True)
class Work:
    """One of the two working parts of an evening."""

    title: str
    purpose: str
    outcome: str
    method: str


WORK = {
    1: (
        Work("What happens here now", "share", "We know how it is today", "Small groups. Passing is fine."),
        Work("What the numbers and stories say", "explore", "We see what matters most", "Walk round the wall."),
    ),
    2: (
        Work("What works in other places", "explore", "We know what others do", "Short talks, then questions."),
        Work("Ideas we could try", "explore", "A list of ideas", "Small groups. One idea on one card."),
    ),
    3: (
        Work("Our ideas, one by one", "explore", "Each idea is clear", "Read each idea out. Ask what is missing."),
        Work("Pick what to send on", "decide", "We know what we ask for", "Dots on the wall."),
    ),
}
AGREEMENT_AGAIN = Work("Does our agreement still fit?", "explore", "We keep it or change it", "Read it out.")
WHO_PRESENTS = Work("Who speaks for us", "decide", "We know who presents", "Ask round. No is fine.")


def phase_at(number: int) -> int:
    """Answer which phase a session belongs to: 1 to 3 the first, 4 to 7 the second, 8 to 10 the third."""
    return 1 if number <= 3 else 2 if number <= 7 else 3


def work_of(number: int, phase: int | None = None, last: int = TEN) -> tuple[Work, Work]:
    """Answer the two working parts of the session with this number, in this phase, of so many."""
    first, second = WORK[phase or phase_at(number)]
    if number == REVIEW_AT:
        return AGREEMENT_AGAIN, second
    return (first, WHO_PRESENTS) if number == last else (first, second)


def items(number: int, phase: int | None = None, last: int = TEN) -> list[TemplateItem]:
    """Lay out the house's evening for the session with this number."""
    first, second = work_of(number, phase, last)
    laid = [
        _item("arrive", "Arrive and food", 15),
        _item("check-in", "Check-in", 10, purpose="share", method="Passing is fine."),
        _item("recap", "What came of what we said", 10, purpose="share"),
        _work(first, 20),
        _item("break", "Break", 15),
        _work(second, 25),
        _item("actions", "Who does what next", 10),
        _item("check-out", "Check-out", 10, purpose="share", method="One word each."),
    ]
    for position, item in enumerate(laid, 1):
        item.position = position
    return laid


def _work(work: Work, minutes: int) -> TemplateItem:
    told = {"purpose": work.purpose, "outcome_wanted": work.outcome, "method": work.method}
    return _item("work", work.title, minutes, **told)


def _item(part: str, title: str, minutes: int, **told: str) -> TemplateItem:
    blank = {"purpose": "", "outcome_wanted": "", "method": "", "papers": "", "content_note": ""}
    return TemplateItem(part=part, title=title, minutes=minutes, is_hard=False, **(blank | told))


def outlines() -> list[Template]:
    """List what the house offers: read-only, and copied by whoever wants it otherwise."""
    return [ten_weeks(), evening()]


def ten_weeks() -> Template:
    """Outline the ten weeks, with what is done before the first and after the last."""
    offered = Template(
        id=TEN_WEEKS,
        kind=TemplateKind.CYCLE,
        name="The ten weeks",
        note="Understand for three weeks, explore for four, decide for three.",
        shared=True,
    )
    offered.weeks = [TemplateWeek(number=number, phase=phase_at(number)) for number in range(1, TEN + 1)]
    offered.steps = [
        TemplateStep(stage=stage, position=position, title=title)
        for stage, titles in ((Stage.BEFORE, BEFORE), (Stage.AFTER, AFTER))
        for position, title in enumerate(titles, 1)
    ]
    return offered


def evening() -> Template:
    """Outline the evening every session starts from."""
    offered = Template(
        id=EVENING,
        kind=TemplateKind.SESSION,
        name="The evening",
        note="115 minutes. A call is offered the day after.",
        shared=True,
    )
    offered.items = items(1)
    return offered


def is_offered(template: Template) -> bool:
    """Answer whether this is the house's own."""
    return template.id in OFFERED
