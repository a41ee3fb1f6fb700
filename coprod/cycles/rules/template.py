"""The evening each session starts from: 115 minutes, by its phase (domain section 7)."""

from dataclasses import dataclass

from coprod.cycles.models import AgendaItem, Part, Purpose
from coprod.cycles.rules.preview import phase_at


@dataclass(frozen=True)
class Work:
    """One of the two working parts of an evening."""

    title: str
    purpose: Purpose
    outcome: str
    method: str


WORK = {
    1: (
        Work("What happens here now", Purpose.SHARE, "We know how it is today", "Small groups. Passing is fine."),
        Work("What the numbers and stories say", Purpose.EXPLORE, "We see what matters most", "Walk round the wall."),
    ),
    2: (
        Work("What works in other places", Purpose.EXPLORE, "We know what others do", "Short talks, then questions."),
        Work("Ideas we could try", Purpose.EXPLORE, "A list of ideas", "Small groups. One idea on one card."),
    ),
    3: (
        Work(
            "Our ideas, one by one", Purpose.EXPLORE, "Each idea is clear", "Read each idea out. Ask what is missing."
        ),
        Work("Pick what to send on", Purpose.DECIDE, "We know what we ask for", "Dots on the wall."),
    ),
}
AGREEMENT_AGAIN = Work("Does our agreement still fit?", Purpose.EXPLORE, "We keep it or change it", "Read it out.")
WHO_PRESENTS = Work("Who speaks for us", Purpose.DECIDE, "We know who presents", "Ask round. No is fine.")


def work_of(number: int) -> tuple[Work, Work]:
    """Answer the two working parts of the session with this number."""
    first, second = WORK[phase_at(number)]
    if number == 5:
        return AGREEMENT_AGAIN, second
    return (first, WHO_PRESENTS) if number == 10 else (first, second)


def evening(number: int) -> list[AgendaItem]:
    """Lay out a fresh evening for the session with this number."""
    first, second = work_of(number)
    items = [
        AgendaItem(part=Part.ARRIVE, title="Arrive and food", minutes=15),
        AgendaItem(part=Part.CHECK_IN, title="Check-in", purpose=Purpose.SHARE, method="Passing is fine.", minutes=10),
        AgendaItem(part=Part.RECAP, title="What came of what we said", purpose=Purpose.SHARE, minutes=10),
        _work(first, 20),
        AgendaItem(part=Part.BREAK, title="Break", minutes=15),
        _work(second, 25),
        AgendaItem(part=Part.ACTIONS, title="Who does what next", minutes=10),
        AgendaItem(part=Part.CHECK_OUT, title="Check-out", purpose=Purpose.SHARE, method="One word each.", minutes=10),
    ]
    for position, item in enumerate(items, 1):
        item.position = position
    return items


def _work(work: Work, minutes: int) -> AgendaItem:
    return AgendaItem(
        part=Part.WORK,
        title=work.title,
        purpose=work.purpose,
        outcome_wanted=work.outcome,
        method=work.method,
        minutes=minutes,
    )
