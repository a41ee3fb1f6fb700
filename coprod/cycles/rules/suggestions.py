"""What members would like the group to talk about: who may ask, who answers, and what she who asked reads."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import day
from coprod.cycles.models import (
    AgendaItem,
    ItemState,
    Session,
    SessionState,
    SuggestedItem,
    SuggestionState,
)
from coprod.library.rules.templates import MOST_ITEMS
from coprod.people.models import Person
from coprod.workstreams.models import Workstream, WorkstreamState
from coprod.workstreams.rules import is_facilitator, is_member

MOST_WAITING = 10
LONGEST_TITLE = 80
FIRST_MINUTES = 15


def _runs(person: Person, suggestion: SuggestedItem) -> Answer:
    return is_facilitator(person, suggestion.workstream)


SUGGESTION = Lifecycle[SuggestedItem](
    [
        Move(
            "taken",
            frozenset({SuggestionState.SUGGESTED, SuggestionState.NOT_NOW}),
            SuggestionState.TAKEN,
            _runs,
            "Take it into an evening",
        ),
        Move("put off", frozenset({SuggestionState.SUGGESTED}), SuggestionState.NOT_NOW, _runs, "Say not now"),
        Move("given back", frozenset({SuggestionState.TAKEN}), SuggestionState.SUGGESTED, _runs),
    ]
)


def may_suggest(person: Person, stream: Workstream) -> Answer:
    """Everybody at the table may, but those who build the evenings themselves."""
    runs_it = no("You run the group. Add it to an evening.") if is_facilitator(person, stream) else YES
    closed = no("This group is closed.") if stream.state == WorkstreamState.CLOSED else YES
    return is_member(person, stream) & runs_it & closed


def has_room_for(waiting: int) -> Answer:
    """So many wait for an answer at once, and no more."""
    if waiting < MOST_WAITING:
        return YES
    return no(f"{MOST_WAITING} of yours wait for an answer. Take one back first.")


def may_take_back(person: Person, suggestion: SuggestedItem) -> Answer:
    """Whoever asked may take it back; what is in an evening's plan by then is the group's."""
    return YES if suggestion.person_id == person.id else no("Only the person who asked can do this.")


def may_go_into(session: Session, suggestion: SuggestedItem) -> Answer:
    """It goes into an evening of its own group that is still being built."""
    ours = session.cycle.workstream_id == suggestion.workstream_id and session.state == SessionState.DRAFT
    room = YES if len(session.items) < MOST_ITEMS else no(f"An evening has {MOST_ITEMS} items at most.")
    return (YES if ours else no("Choose an evening that is not sent out yet.")) & room


def as_item(suggestion: SuggestedItem) -> AgendaItem:
    """Write it down as an agenda item, with the side it came from and nobody's name."""
    return AgendaItem(
        title=title_of(suggestion.words),
        outcome_wanted=suggestion.words if len(suggestion.words) > LONGEST_TITLE else "",
        minutes=FIRST_MINUTES,
        raised_by=suggestion.person.side,
        was_asked_for=True,
    )


def title_of(words: str) -> str:
    """Answer what fits into a title: whole words, and a sign that there are more."""
    plain = " ".join(words.split())
    if len(plain) <= LONGEST_TITLE:
        return plain
    return f"{plain[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"


def came_of(suggestion: SuggestedItem) -> str:
    """Tell the one who asked what came of it."""
    if suggestion.state == SuggestionState.NOT_NOW:
        return f"Not now. {suggestion.answer}"
    item = suggestion.item
    if suggestion.state == SuggestionState.SUGGESTED or item is None:
        return "We have it. You will read the answer here."
    if item.session.state == SessionState.CANCELLED:
        return "It was planned for a day we did not meet. Ask for it again if you like."
    return _on_its_day(item)


def _on_its_day(item: AgendaItem) -> str:
    on = day(item.session.on)
    if item.state == ItemState.DROPPED:
        return f"There was no time for it on {on}. Ask for it again if you like."
    if item.state == ItemState.DONE or item.session.state == SessionState.HELD:
        return f"We talked about it on {on}."
    return f"Yes. We plan it for {on}."
