"""Votes of every kind, opened and answered, for whoever attacks or measures them."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations

from coprod.core.clock import now
from coprod.people.models import Person
from coprod.voting import rules, services
from coprod.voting.forms.ballots import LEFT, PICKED, SEND, SKIP
from coprod.voting.models import Kind, Poll
from coprod.workstreams.models import Workstream
from tests.house.crawl import Fields, forms_of
from tests.house.pages import Page

Answer = int | frozenset[int] | tuple[rules.View, ...]
"""A choice; the numbers picked; or a view on each statement."""

SECRET = (Kind.TEMPERATURE, Kind.CONSENT, Kind.PICK, Kind.STATEMENTS)
THINGS = ("A named midwife", "A card to carry", "A quiet room", "A call each week")
MOST = 2
BACK = "go"
"""The button that leads to the page before; whoever goes on does not send it."""
PICKS, PRESSED = "picks", "do"
CHOICES: dict[Kind, tuple[Answer, ...]] = {
    Kind.TEMPERATURE: (5, 4, 3, 2, 1, 0),
    Kind.CONSENT: (4, 3, 1, 0),
    Kind.PICK: tuple(frozenset(two) for two in combinations(range(1, len(THINGS) + 1), MOST)),
    Kind.STATEMENTS: tuple(
        (one, two, one, two) for one in rules.View for two in (rules.View.AGREE, rules.View.DISAGREE)
    ),
}
"""What people answer here: few enough patterns that one who guesses has a fair chance."""
ALL_PICKS = tuple(frozenset(some) for many in range(MOST + 1) for some in combinations(range(1, len(THINGS) + 1), many))
"""However many are picked; none of them is a skip."""


def things_of(kind: Kind) -> tuple[str, ...]:
    """List what is voted on together in a vote of this kind."""
    return THINGS if kind in (Kind.PICK, Kind.STATEMENTS) else ()


def drafted(stream: Workstream, kind: Kind, *, by: Person, on_paper: bool = False) -> Poll:
    """Write down a question of this kind."""
    question = "What matters most?" if things_of(kind) else "One named midwife?"
    most = MOST if kind == Kind.PICK else 1
    return services.draft(stream, question, by=by, kind=kind, options=things_of(kind), most=most, on_paper=on_paper)


def opened(
    stream: Workstream, kind: Kind, *, by: Person, closes_at: datetime | None = None, on_paper: bool = False
) -> Poll:
    """Open a vote of this kind at this table."""
    poll = drafted(stream, kind, by=by, on_paper=on_paper)
    services.open_vote(poll, closes_at or now() + timedelta(days=4), by=by)
    return poll


def put_in(poll: Poll, answer: Answer, *, by: Person) -> None:
    """Send this person's answer."""
    if isinstance(answer, frozenset):
        services.cast_picks(poll, answer, by=by)
    elif isinstance(answer, tuple):
        services.cast_views(poll, dict(enumerate(answer, 1)), by=by)
    else:
        services.cast(poll, rules.Choice(answer), by=by)


def an_answer_to(poll: Poll) -> Answer:
    """Answer one of the answers there are to this vote, whatever was put to it."""
    if poll.kind == Kind.PICK:
        return frozenset({1})
    return (rules.View.AGREE,) * len(poll.options) if poll.kind == Kind.STATEMENTS else int(rules.Choice.YES)


def drawn(kind: Kind, dice: random.Random) -> Answer:
    """Draw an answer to a vote of this kind, each as likely as the other."""
    return dice.choice(CHOICES[kind])


def number_of(kind: Kind, answer: Answer) -> int:
    """Answer which of the answers of its kind this is."""
    choices: Sequence[Answer] = CHOICES[kind]
    return choices.index(answer)


# --- As a browser sends it.


def form_of(page: str, address: str) -> tuple[str, Fields]:
    """Answer where the ballot on this page is sent, and every field of it, in the order of the page."""
    posted = [one for one in forms_of(Page(page), address) if one.method == "post"]
    (form,) = [one for one in posted if one.action.startswith(("/votes/", "/q/"))]
    return form.action, [(name, value) for name, value in form.fields if name != BACK]


def a_view(fields: Fields, view: rules.View) -> Fields:
    """Fill in what somebody thinks of one statement."""
    return [(name, value) for name, value in fields if name != "view" or value == str(int(view))]


def filled(fields: Fields, kind: Kind, answer: Answer) -> Fields:
    """Fill the form in as a browser would: what is not chosen is not sent. Answers stand in our order on the page."""
    if isinstance(answer, frozenset):
        return _picked(fields, answer)
    names = [name for name, _ in fields]
    offered = [(name, value) for name, value in fields if names.count(name) > 1]
    others = [(name, value) for name, value in fields if names.count(name) == 1]
    return [*others, offered[number_of(kind, answer)]]


def _picked(fields: Fields, numbers: frozenset[int]) -> Fields:
    """Choose in each list box; then press the one button or the other."""
    boxes = [(name, f"{n:02}{PICKED if n in numbers else LEFT}") for n, (name, _) in enumerate(_boxes(fields), 1)]
    others = [(name, value) for name, value in fields if name not in (PICKS, PRESSED)]
    return [*others, *boxes, (PRESSED, SEND if numbers else SKIP)]


def _boxes(fields: Fields) -> Fields:
    return [one for one in fields if one[0] == PICKS]


# --- What was sealed, and what lay in the box.


def answer_in(kind: Kind, code: int) -> Answer:
    """Answer what was answered, from the number that was sealed."""
    if kind == Kind.PICK:
        return rules.picks_in(code, len(THINGS), MOST)
    return tuple(rules.views_in(code, len(THINGS)).values()) if kind == Kind.STATEMENTS else code


def whole_pile(choices: Sequence[int]) -> rules.Piles:
    """Count slips of a temperature vote, all in one box."""
    return rules.Piles(whole=rules.Pile({choice: choices.count(choice) for choice in set(choices)}))
