"""What the journal says in plain words, and to whom; a verb that is in neither table is a fault a test finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from config import HERE
from coprod.core.words import long_date

WEEKS = 4


class For(StrEnum):
    """Who may read of it."""

    EVERYBODY = "everybody who is signed in"
    TABLE = "those who sit at the table"
    ANSWERED = "those who sit at the table, and the steering group once it was sent there"
    KEEPERS = "those who run the table"
    ADMINS = "programme admins"


@dataclass(frozen=True)
class Said:
    """A verb in words: `{who}` did it, to `{whom}`, about `{what}`, in `{group}`."""

    words: str
    seen: For


class Happened(Protocol):
    """An entry of the journal."""

    at: datetime
    by_id: UUID | None
    subject: str
    subject_id: UUID
    verb: str


@dataclass(frozen=True)
class Label:
    """What an entry is about, in words: the thing, the person, and the group it belongs to."""

    what: str
    whom: UUID | None
    group: str


@dataclass(frozen=True, order=True)
class Line:
    """One thing that happened, as it is shown."""

    words: str
    group: str


def _all(seen: For, **said: str) -> dict[str, Said]:
    return {verb.replace("_", " "): Said(words, seen) for verb, words in said.items()}


WORDS: Mapping[str, Mapping[str, Said]] = {
    "programme": _all(
        For.EVERYBODY,
        begun="{who} began the programme",
        started="{who} started the programme",
        closed="{who} closed the programme",
        imported_the_public_record="{who} brought the public record in",
        signed_off="{who} noted a sign-off",
    )
    | _all(
        For.ADMINS,
        named_the_leads="{who} named who receives concerns",
        named_the_payments_officer="{who} named who pays people",
        took_a_list_of_payments="{who} took a list of payments",
    ),
    "holiday": _all(For.EVERYBODY, added="{who} added days off: {what}"),
    "rate": _all(For.EVERYBODY, added="{who} added a rate: {what}", set="{who} set a rate: {what}"),
    "principle": _all(
        For.EVERYBODY,
        added="{who} added a principle: {what}",
        worded="{who} worded a principle: {what}",
        ratified="{who} wrote down that a group said yes to a principle: {what}",
    ),
    "priority": _all(
        For.EVERYBODY,
        added="{who} added a priority: {what}",
        worded="{who} worded a priority: {what}",
        linked="{who} linked a priority to its principles: {what}",
    ),
    "person": _all(
        For.ADMINS,
        added="{who} gave {whom} an account",
        renamed="{who} changed the name of {whom}",
        chose_another_name="{who} chose another name",
        turned_away="{who} closed the account of {whom}",
        let_in_again="{who} opened the account of {whom} again",
        made_admin="{who} made {whom} a programme admin",
        no_longer_admin="{who} ended the programme admin part of {whom}",
        given_a_card="{who} made a card for {whom}",
        authenticator_taken_away="{who} took away the authenticator of {whom}",
        set_up_as_first_admin="{who} set up the first account, of {whom}",
        erased="{who} erased everything about {whom}",
    ),
    "wording": _all(
        For.ADMINS,
        reworded="{who} changed the words of a message: {what}",
        set_back_to_the_first_words="{who} set a message back to its first words: {what}",
    ),
    "workstream": _all(
        For.TABLE,
        proposed="{who} proposed the group",
        prioritised="{who} put the group among the next to start",
        started="{who} started the group",
        paused="{who} paused the group",
        taken_up_again="{who} took the group up again",
        closed="{who} closed the group",
        given_a_neutral_name="{who} gave the group a name for outside",
        came_together="The groups came together",
        called_off="The groups do not come together",
        joined_with_another_group="The group became one with another, and closed",
        ended_with_its_day="The day is over, and the group closed",
        open_seats_changed="{who} said how many more people are wanted",
        set_the_terms="{who} wrote down what the group is for",
        taken_up="{who} put the group among the next to start, for what is to change first",
        put_the_areas_in_order="{who} put in order what is to change first",
        took_areas_up="{who} gave something that is to change first to a group",
        set_an_area_aside="{who} set aside something that is to change first",
        brought_an_area_back="{who} brought back something that is to change first",
        proposed_that_groups_come_together="{who} proposed that groups come together",
        let_a_proposal_go="{who} let go a proposal that groups come together",
    ),
    "gathering": _all(
        For.KEEPERS,
        asked_to_come_together="{who} asked groups to come together: {what}",
        came_together="The groups came together: {what}",
        called_off="{who} called off that groups come together: {what}",
    ),
    "membership": _all(
        For.KEEPERS,
        invited="{who} invited {whom}",
        invited_again="{who} invited {whom} again",
        taken_back="{who} took an invitation back, of {whom}",
        link_sent="{who} sent {whom} the invitation",
        check_made="{who} made the separation check for {whom}",
        given_another_seat_or_role="{who} gave {whom} another place or part",
    )
    | {"own-case check confirmed": Said("{who} confirmed the own-case check for {whom}", For.KEEPERS)},
    "agreement": _all(
        For.TABLE,
        started="{who} started {what} of how we work together",
        wrote="{who} wrote at {what} of how we work together",
        talked_through="{who} noted that {what} of how we work together was talked through",
        agreed="{who} noted that {what} of how we work together is agreed",
        looked_at_again="{who} noted that {what} of how we work together was looked at again",
        superseded="A newer one took the place of {what} of how we work together",
    ),
    "theory": _all(
        For.EVERYBODY,
        started="{who} started {what} of how we think change happens",
        wrote="{who} wrote at {what} of how we think change happens",
        parts_found="{who} noted that the parts are found in {what} of how we think change happens",
        back_to_the_parts="{who} went back to the parts in {what} of how we think change happens",
        given_to_read="{who} asked everybody to agree to {what} of how we think change happens",
        taken_back="{who} took back {what} of how we think change happens, to change it",
        agreed="{who} noted that {what} of how we think change happens is agreed",
        superseded="A newer one took the place of {what} of how we think change happens",
    ),
    "theme": _all(
        For.TABLE,
        named="{who} named a theme for what the group said: {what}",
        renamed="{who} gave a theme of what the group said another name: {what}",
    ),
    "cycle": _all(
        For.TABLE,
        planned="{who} planned {what}",
        scheduled="{who} set the dates of {what}",
        shifted="{who} moved several days of {what}",
        changed_the_steps="{who} changed what is done before and after {what}",
        begun="{who} began {what}",
        brought_to_its_report="{who} brought {what} to its report",
        closed="{who} closed {what}",
    ),
    "session": _all(
        For.TABLE,
        published="{who} sent out {what}",
        held="{who} noted that {what} was held",
        moved="{who} moved {what}",
        cancelled="{who} called {what} off",
        put_on_another_day="{who} put {what} on another day",
        changed_the_agenda="{who} changed the plan of {what}",
        laid_out_anew="{who} laid out {what} anew",
        said_how_to_dial_in="{who} said how to dial in to {what}",
        sent_the_agenda="{who} told the group that the plan of {what} is ready",
    )
    | _all(For.KEEPERS, kept_a_register="{who} kept the register of {what}"),
    "gate": _all(For.TABLE, closed="{who} closed a stage of the weeks: {what}"),
    "agenda_item": _all(
        For.TABLE,
        carried_over="{who} carried over: {what}",
        dropped="{who} dropped: {what}",
    ),
    "notes": _all(For.KEEPERS, begun="{who} began the notes of {what}")
    | _all(
        For.TABLE,
        given_to_members="{who} gave the notes of {what} to the members",
        agreed="{who} noted that the notes of {what} are agreed",
    ),
    "recommendation": _all(
        For.TABLE,
        noted="{who} noted an idea: {what}",
        rewrote="{who} wrote at: {what}",
        worked_up="{who} worked up: {what}",
        drafted="{who} finished the draft: {what}",
        put_to_the_vote="{who} put to the vote: {what}",
        vote_given_up="{who} gave up the vote on: {what}",
        agreed="The group agreed on: {what}",
        sent_back_for_more_talk="The vote says, more talk first: {what}",
        not_agreed="The group did not agree on: {what}",
        ended_without_a_result="The vote had no result: {what}",
        taken_up_again="{who} took up again: {what}",
        brought_back="{who} brought back: {what}",
        added_evidence_to="{who} added evidence to: {what}",
        weighed_the_evidence_of="{who} said anew what the evidence shows for: {what}",
        took_evidence_off="{who} took evidence off: {what}",
        asked_about="{who} wrote down an open question about: {what}",
        answered_a_question_about="{who} answered a question about: {what}",
        asked_again_a_question_about="{who} opened a question again about: {what}",
        declared_an_interest_in="{who} said what they would gain or lose by: {what}",
    )
    | _all(
        For.ANSWERED,
        submitted="{who} sent to the steering group: {what}",
        accepted="The steering group said yes to: {what}",
        accepted_with_changes="The steering group said yes, with changes, to: {what}",
        referred_back="The steering group asked back about: {what}",
        deferred="The steering group put off: {what}",
        declined="The steering group said no to: {what}",
        replied="The answer went to the group: {what}",
        decided_again="The steering group looks again at: {what}",
        contested="The group asked the steering group to think again about: {what}",
        sent_again="{who} sent again: {what}",
        put_into_pilot="{who} put into a pilot: {what}",
        adopted="It is taken up for good: {what}",
        adapted="It is tried in another way: {what}",
        abandoned="It is given up: {what}",
        embedded="It is part of everyday work: {what}",
        closed="{who} closed: {what}",
    ),
    "suggestion": _all(
        For.TABLE,
        offered="{who} suggested other words for: {what}",
        taken="{who} took suggested words into: {what}",
        not_taken="{who} did not take suggested words for: {what}",
        taken_back="{who} took back words suggested for: {what}",
    ),
    "indicator": _all(
        For.ANSWERED,
        measure_added="{who} added something to measure: {what}",
        definition_changed="{who} changed how something that is measured is put: {what}",
        limits_begun_afresh="{who} began the limits afresh on the chart of: {what}",
        event_noted="{who} noted something that happened on the chart of: {what}",
    ),
    "reading": _all(
        For.ANSWERED,
        reading_added="{who} added a number to: {what}",
        reading_corrected="{who} put right a number in: {what}",
    ),
    "keeper": _all(For.ANSWERED, keeper_of_readings_appointed="{who} said who else may add numbers to: {what}"),
    "action": _all(
        For.TABLE,
        brought_in="{who} brought in from another log: {what}",
        opened="{who} wrote an action: {what}",
        moved_the_date_of="{who} moved the date of: {what}",
        said_done="{who} said it is done: {what}",
        agreed_done="{who} agreed that it is done: {what}",
        found_not_done_yet="{who} found it not done yet: {what}",
        opened_again="{who} opened again: {what}",
        handed_over="{who} gave to somebody else: {what}",
        wrote_beside="{who} wrote a note beside: {what}",
        ended_the_turns_of="{who} said it does not come again: {what}",
        cancelled="{who} cancelled: {what}",
    ),
    "risk": _all(
        For.TABLE,
        written_down="{who} wrote down what may come in the way: {what}",
        rated_anew="{who} rated anew: {what}",
        closed="{who} closed: {what}",
        opened_again="{who} opened again: {what}",
    ),
    "meeting": _all(
        For.TABLE,
        planned="{who} planned the meeting of {what}",
        opened="{who} opened the meeting of {what}",
        closed="{who} closed the meeting of {what}",
        ticked_who_is_there="{who} ticked who is there, on {what}",
        set_the_agenda="{who} set the agenda of the meeting of {what}",
        wrote_the_minutes="{who} wrote in the minutes of {what}",
        approved_the_minutes="{who} noted that the minutes were approved, of {what}",
    ),
    "decision": _all(
        For.ANSWERED,
        decided="{who} wrote down the decision on: {what}",
        reviewed="{who} noted that a decision was looked at again: {what}",
        reversed="{who} put a decision right: {what}",
        replied="{who} told the group what came of: {what}",
    ),
    "pilot": _all(
        For.ANSWERED,
        proposed="{who} proposed a pilot: {what}",
        board_asked="{who} asked a board for money: {what}",
        board_answered="{who} noted what a board answered: {what}",
        money_spent="{who} noted what was spent on: {what}",
        step_added="{who} noted what has to be done for: {what}",
        step_done="{who} noted that a step is done of: {what}",
        funded="{who} noted the money for: {what}",
        not_funded="{who} noted that there is no money for: {what}",
        set_up="{who} set up: {what}",
        baseline_begun="{who} began to measure how things are: {what}",
        testing_begun="{who} began testing: {what}",
        reviewed="{who} looked at how it went: {what}",
        adopted="{who} took up for good: {what}",
        adapted="{who} changed what is tried: {what}",
        abandoned="{who} gave up: {what}",
    ),
    "test_cycle": _all(
        For.ANSWERED,
        planned="{who} planned {what}",
        planned_again="{who} planned again {what}",
        noted="{who} noted what was done in {what}",
        number_noted="{who} noted a number in {what}",
        adoption_allowed="{who} noted why it may be taken up all the same: {what}",
        studied="{who} looked at what came of {what}",
        begun="{who} began {what}",
        done="{who} ended the doing of {what}",
        adopted="{who} took up what came of {what}",
        adapted="{who} changed the next test after {what}",
        abandoned="{who} gave up {what}",
    ),
    "output": _all(
        For.TABLE,
        begun="{who} began to make something: {what}",
        changed="{who} changed what this is: {what}",
        given_a_new_version="{who} added a version of: {what}",
        tried="{who} wrote down who tried: {what}",
        put_to_the_test="{who} put to the test: {what}",
        refined="{who} has this refined now: {what}",
        launch_planned="{who} planned the launch of: {what}",
        launched="{who} launched: {what}",
        taken_into_use="{who} wrote down where this is used: {what}",
        no_longer_used_somewhere="{who} wrote down where this is no longer used: {what}",
        retired="{who} wrote down that this is no longer used: {what}",
        worked_on_again="{who} took this up to work on again: {what}",
    ),
    "evidence": _all(
        For.TABLE,
        added="{who} added to what the group knows: {what}",
        changed="{who} changed in what the group knows: {what}",
    ),
    "evidence_review": _all(
        For.TABLE,
        begun="{who} began to look into a question: {what}",
        concluded="{who} concluded what was looked into: {what}",
    ),
    "story": _all(
        For.KEEPERS,
        checked="{who} let a story go to those it was told for, about: {what}",
        sent_back="{who} asked for a change in a story about: {what}",
    ),
    "handover": _all(
        For.KEEPERS,
        offered="{who} offered to hand the group over",
        taken="{who} took the group over",
        taken_back="{who} took a handover back",
        offered_the_group="{who} offered to hand the group over",
        took_the_group="{who} took the group over",
        took_the_offer_back="{who} took a handover back",
    ),
}

UNSAID: Mapping[str, str] = {
    "action_import": "What came in stands in the log, and is told of each action there.",
    "proposed_reading": "Nothing is told of a reading before a second person has approved it.",
    "note_correction": "Who says what in the notes should read otherwise is nobody’s to guess.",
    "poll": "A vote leaves nothing but its result (B6, B7).",
    "worry": "A worry is the group’s, and nobody’s (P5).",
    "statement": "Who said what, and when, is kept nowhere (P4, P5); who set it aside could be who said it.",
    "testimony": "Who gave their own words, and who took them back, is theirs alone.",
    "evidence_find": "The review itself tells what was used and what was left out.",
    "stored_file": "What the scanner said stands where the file stands.",
    "open_question": "It is told of the recommendation the question is about.",
    "interest": "Who would like to join is nobody’s to know but those who ring them.",
    "access_review": "It has a page of its own, for those who keep the accounts.",
    "support": "Who helps whom is theirs alone.",
    "suggested_item": "Who asked the group for what is theirs, and no time is kept of it (P4).",
    "contact_change": "How somebody is reached is hers alone (A6).",
    "concern": "A concern shows nowhere (P7).",
    "data_ask": "What somebody asks about her data is hers.",
    "assisted": "What was done for somebody, she alone sees.",
    "room": "That the session was held says it.",
    "template": "A template belongs to no group; what became of it stands on its own page.",
    "change_asked": "Nobody sees who asked, or when (journey 5).",
    "contest": "Who in a group asks for another look is the group’s own; that it asks, the thread tells.",
    "group_accepts": "Who said that the group is content is the group’s own.",
    "group_question": "Who in a group asks what is the group’s own.",
    "meeting_item": "The minutes of the meeting tell what became of it, and who left the room for it.",
    "breach_note": "What went against the agreement, only those who run the group are told.",
    "call_back": "Only two people know that one asked the other to ring (journey 11).",
    "comment": "What somebody said about a paragraph stands beside it; it changed nothing.",
    "check_in_call": "Who is rung after a session is theirs and the facilitators’ alone.",
    "payment": "Who is paid what is for her and those who see to it.",
    "expense": "Who spent what is for her and those who see to it.",
    "pay_method": "How somebody is paid is hers, and the payments officer’s.",
}
"""Kinds that history never speaks of, whatever is recorded, and why."""

UNSAID_VERBS: Mapping[tuple[str, str], str] = {
    ("contest", "raised"): "It goes nowhere until a second person of the group sends it.",
    ("group_accepts", "accepted the answer"): "Who said that the group is content is the group’s own.",
    ("group_question", "asked"): "Who in a group asks what is the group’s own.",
    ("group_question", "answered"): "The answer stands beside the question.",
    ("meeting_item", "declared an interest"): "It stands in the minutes, and nowhere else.",
    ("meeting_item", "took back an interest"): "What is taken back stands nowhere.",
    ("agenda_item", "done"): "That the session was held says it.",
    ("theme", "removed"): "It is gone, and its name with it.",
    ("membership", "said yes"): "Who comes when would be an order of arrival (P4).",
    ("membership", "thinking"): "Who comes when would be an order of arrival (P4).",
    ("membership", "joined"): "Who comes when would be an order of arrival (P4).",
    ("membership", "paused"): "Others see only that somebody is not in the group now.",
    ("membership", "left"): "Others see only that somebody is not in the group now.",
    ("membership", "put back to invited"): "What was done for her and taken back is hers alone.",
    ("membership", "put back to thinking"): "What was done for her and taken back is hers alone.",
    ("membership", "rang"): "Whom somebody had to ring says how she wants to be reached.",
    ("story", "told again"): "Whoever changes her own words is hers alone to know.",
    ("evidence", "deleted"): "What is not there any more has no name to be called by.",
    ("person", "named without an account"): "What they do says it, beside their name.",
    ("person", "authenticator set up"): "It is in the security log.",
    ("person", "passkey added"): "It is in the security log.",
    ("person", "passkey removed"): "It is in the security log.",
}
"""Verbs that history never speaks of, and why."""


def said_to(seen: Iterable[For]) -> dict[tuple[str, For], list[str]]:
    """Lay out which verbs of which kind are for these readers."""
    readers = set(seen)
    found: dict[tuple[str, For], list[str]] = {}
    for kind, verbs in WORDS.items():
        for verb, said in verbs.items():
            if said.seen in readers:
                found.setdefault((kind, said.seen), []).append(verb)
    return found


def weeks_to(day: date) -> tuple[date, date]:
    """Answer the Sunday after a day, and the Monday four weeks before it: what one page shows."""
    sunday = day + timedelta(6 - day.weekday())
    return sunday - timedelta(WEEKS * 7 - 1), sunday


def local_day(at: datetime) -> date:
    """Answer the day a moment fell on here; nothing finer is ever shown (P4)."""
    return at.astimezone(HERE).date()


def by_day(
    entries: Iterable[Happened], labels: Mapping[UUID, Label], names: Mapping[UUID, str], me: UUID
) -> list[tuple[date, list[Line]]]:
    """Say what happened, the newest day first; inside a day by the alphabet, which tells no order (P4)."""
    days: dict[date, list[Line]] = {}
    for entry in entries:
        days.setdefault(local_day(entry.at), []).append(_line(entry, labels[entry.subject_id], names, me))
    return [(day, sorted(set(days[day]))) for day in sorted(days, reverse=True)]


def _line(entry: Happened, label: Label, names: Mapping[UUID, str], me: UUID) -> Line:
    what = long_date(date.fromisoformat(label.what)) if entry.subject == "meeting" else label.what
    who = _name(entry.by_id, names, me) if entry.by_id else "The site"
    said = sentence(entry.subject, entry.verb, who=who, whom=_name(label.whom, names, me), what=what)
    return Line(said, label.group)


def _name(key: UUID | None, names: Mapping[UUID, str], me: UUID) -> str:
    return "you" if key == me else names.get(key, "somebody") if key else "somebody"


def sentence(kind: str, verb: str, *, who: str, whom: str, what: str) -> str:
    """Say one thing that happened."""
    said = WORDS[kind][verb].words.format(who=who, whom=whom, what=what)
    return f"{said[0].upper()}{said[1:]}{'' if said[-1] in '.?!' else '.'}"
