"""Everything that is kept about a person: where it lies, what it is called, and what becomes of it (L5, L6).

One register serves the page, the download and the erasing; a test holds every table beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of something when the person it is about has it erased."""

    GOES = "goes"
    STAYS = "stays, without your name"


@dataclass(frozen=True)
class Held:
    """One kind of thing that is kept about a person.

    `whose` are the columns that say whose it is, as "table.column" of one table. `shown` are the columns she reads,
    each with its words; "workstream_id>workstream.neutral_name" follows a key to where the words are.
    """

    title: str
    whose: tuple[str, ...]
    fate: Fate
    shown: Mapping[str, str] = field(default_factory=dict)
    unseen: tuple[str, ...] = ()
    """Columns that are nobody's to read, such as hashes; declared so that none is forgotten."""
    why: str = ""
    """Why it stays, or why it is not shown."""
    change: str = ""
    """The page on which she can put it right."""

    @property
    def table(self) -> str:
        """Answer the table it lies in."""
        return self.whose[0].partition(".")[0]

    @property
    def columns(self) -> set[str]:
        """Answer every column this speaks of, as "table.column"."""
        named = {column.partition(">")[0] for column in (*self.shown, *self.unseen)}
        return {f"{self.table}.{column}" for column in named} | set(self.whose)


COUNTS = "So that numbers and decisions still add up. It has no name on it then."
DECIDED = "It is part of what was decided or agreed. It has no name on it then."
SAFE = "It keeps the site safe. It holds no names, and goes after 12 months."
PAID = "Payment records are kept for 6 years. They have no name on them then."
GROUP = {"workstream_id>workstream.neutral_name": "Group"}

REGISTER = (
    Held(
        "You",
        ("person.id",),
        Fate.GOES,
        {
            "alias": "Name here",
            "side": "Here as",
            "email": "E-mail",
            "phone": "Phone",
            "no_text_links": "No texts, please",
            "is_admin": "Programme admin",
        },
        ("totp",),
        change="people.my_name",
    ),
    Held(
        "How to reach you",
        ("reach.person_id",),
        Fate.GOES,
        {
            "way": "How",
            "phone_is_safe": "The phone is safe",
            "phone_is_shared": "The phone is shared",
            "hours": "When a text may come",
        },
        change="contacts.reach",
    ),
    Held(
        "A change of your phone or e-mail",
        ("contact_change.person_id",),
        Fate.GOES,
        {"channel": "What", "state": "How far it is", "asked_at": "Asked on"},
        ("sealed", "old"),
        change="contacts.mine",
    ),
    Held(
        "What helps you to come",
        ("needs.person_id",),
        Fate.GOES,
        {
            "helps": "What helps",
            "places_in_creche": "Places in the crèche",
            "language": "Language",
            "food": "Food",
        },
        change="needs.helps",
    ),
    Held(
        "Times that never work",
        ("never_time.person_id",),
        Fate.GOES,
        {"weekday": "Day", "part": "Part of the day"},
        change="needs.times",
    ),
    Held(
        "Who you asked to be kept apart from",
        ("separation_request.person_id",),
        Fate.GOES,
        {"words": "Your words", "asked_on": "Asked on"},
        change="workstreams.apart",
    ),
    Held(
        "Somebody helps you",
        ("support.member_id",),
        Fate.GOES,
        {"called": "You call them", "since": "Since", "ended_on": "Until", "shares": "What you share"},
        change="supporters.mine",
    ),
    Held(
        "What you asked the group to talk about",
        ("suggested_item.person_id",),
        Fate.GOES,
        GROUP | {"words": "Your words", "state": "How far it is", "answer": "What you were told"},
    ),
    Held(
        "Calls you asked for",
        ("call_back.person_id",),
        Fate.GOES,
        {"due": "For", "state": "How far it is", "done_on": "Rung on"},
        change="wellbeing.support",
    ),
    Held(
        "Calls you were asked to make",
        ("call_back.asked_id",),
        Fate.GOES,
        {"due": "For", "state": "How far it is", "done_on": "Rung on"},
        change="wellbeing.calls",
    ),
    Held(
        "A call on the day after a session",
        ("check_in_call.person_id",),
        Fate.GOES,
        {"due": "For", "state": "How far it is", "done_on": "Done on"},
    ),
    Held(
        "How you said you are",
        ("check_in.person_id",),
        Fate.GOES,
        {"session_id>session.on": "About", "moment": "When", "feeling": "You said", "words": "Your words", "on": "On"},
    ),
    Held(
        "What you were told in private",
        ("check_in.to_id",),
        Fate.GOES,
        {"session_id>session.on": "About"},
        ("feeling", "words"),
    ),
    Held(
        "What you told the people who run your group",
        ("breach_note.person_id",),
        Fate.GOES,
        GROUP | {"words": "Your words", "sent_on": "On", "state": "How far it is"},
    ),
    Held(
        "You help somebody",
        ("support.supporter_id",),
        Fate.GOES,
        {"since": "Since", "ended_on": "Until"},
        ("called", "shares"),
        change="supporters.home",
    ),
    Held(
        "How we pay you",
        ("pay_method.person_id",),
        Fate.GOES,
        {"way": "How", "changed_on": "Since"},
        ("sealed",),
        change="payments.details",
    ),
    Held(
        "What was done for you",
        ("assisted.member_id",),
        Fate.GOES,
        {"act": "What", "before": "Before", "after": "After", "done_on": "Done on", "undone_on": "Taken back on"},
        change="assistance.mine",
    ),
    Held(
        "When you said you would like to join",
        ("interest.person_id",),
        Fate.GOES,
        {"whose": "As", "told_on": "On"},
        ("name", "contact"),
    ),
    Held(
        "What you said should read otherwise",
        ("note_correction.person_id",),
        Fate.GOES,
        {"words": "Your words", "state": "What came of it", "answer": "Answer"},
    ),
    Held(
        "What you asked about your data",
        ("data_ask.person_id",),
        Fate.GOES,
        {
            "words": "Your words",
            "state": "How far it is",
            "asked_on": "Asked on",
            "answer": "Answer",
            "answered_on": "Answered on",
        },
    ),
    Held(
        "Messages to you",
        ("message.person_id",),
        Fate.GOES,
        {"due": "For", "state": "How far it is"},
        ("purpose",),
    ),
    Held(
        "Where you are signed in",
        ("signed_in.person_id",),
        Fate.GOES,
        {"device": "On", "by": "With", "began": "Since"},
        ("hash", "task"),
        change="people.my_sessions",
    ),
    Held(
        "Your passkeys",
        ("passkey.person_id",),
        Fate.GOES,
        {"name": "Name", "added_on": "Added on"},
        ("credential", "key"),
        change="people.my_sessions",
    ),
    Held(
        "Codes, cards and links you were given",
        ("ticket.person_id",),
        Fate.GOES,
        {"purpose": "What", "ends": "Good until", "used": "Used on"},
        ("asked", "hash", "task"),
    ),
    Held(
        "Your places in groups",
        ("membership.person_id",),
        Fate.STAYS,
        GROUP
        | {
            "seat": "Place",
            "role": "As",
            "state": "You are",
            "asked_on": "Asked on",
            "wants_a_call": "Please ring me",
            "left_on": "Left on",
            "words": "What you said: your wish",
        },
        why=COUNTS,
    ),
    Held(
        "You are OK with how a group works together",
        ("agreement_yes.person_id",),
        Fate.STAYS,
        {"agreement_id>agreement.number": "Version"},
        why=COUNTS,
    ),
    Held(
        "Coming or not",
        ("coming.person_id",),
        Fate.GOES,
        {
            "session_id>session.on": "Session on",
            "on": "Said for",
            "answer": "Your answer",
            "needs_lift": "I need a lift",
            "ring_me": "Ring me",
            "rung": "Somebody rang",
        },
    ),
    Held(
        "What was arranged for you",
        ("arranged.person_id",),
        Fate.GOES,
        {"session_id>session.on": "Session on", "on": "For", "what": "What", "words": "What you read about it"},
    ),
    Held(
        "Sessions you were at",
        ("attendance.person_id",),
        Fate.STAYS,
        {"session_id>session.on": "On", "how": "How"},
        why=COUNTS,
    ),
    Held(
        "Meetings you were at",
        ("presence.membership_id",),
        Fate.STAYS,
        {"meeting_id>meeting.on": "On"},
        why=COUNTS,
    ),
    Held(
        "Own-case checks",
        ("case_check.professional_id", "case_check.lived_id"),
        Fate.STAYS,
        {"confirmed_on": "Made on"},
        why="It shows that the check was made. It has no name on it then.",
    ),
    Held(
        "Checks you made",
        ("case_check.confirmed_by_id",),
        Fate.STAYS,
        {"confirmed_on": "Made on"},
        why="It shows that the check was made. It has no name on it then.",
    ),
    Held(
        "Whether a place could be taken",
        ("separation_check.membership_id",),
        Fate.GOES,
        why="The answer could say what somebody else asked for.",
    ),
    Held(
        "Places you looked at",
        ("separation_check.checked_by_id",),
        Fate.STAYS,
        {"checked_on": "Looked on"},
        why="It shows that the check was made. It has no name on it then.",
    ),
    Held(
        "Changes of contact you helped with",
        ("contact_change.asked_by_id", "contact_change.confirmed_by_id"),
        Fate.STAYS,
        {"asked_at": "On"},
        why="It shows that two people looked. It has no name on it then.",
    ),
    Held(
        "What you did for members",
        ("assisted.by_id",),
        Fate.STAYS,
        {"act": "What", "done_on": "Done on"},
        why="The member can see what was done. It has no name on it then.",
    ),
    Held(
        "Pay you were offered",
        ("payment.person_id",),
        Fate.STAYS,
        GROUP
        | {
            "what": "For",
            "pence": "Pence offered",
            "accepted_pence": "Pence you said yes to",
            "asks_first": "You wanted to ask somebody first",
            "task_on": "On",
            "pay_on": "To be paid by",
            "state": "How far it is",
        },
        why=PAID,
    ),
    Held(
        "Steps of a payment you made",
        ("payment_step.by_id",),
        Fate.STAYS,
        {"state": "What", "on": "On"},
        why=PAID,
    ),
    Held(
        "Money you spent to come",
        ("expense.person_id",),
        Fate.STAYS,
        GROUP
        | {
            "what": "For",
            "pence": "Pence",
            "spent_on": "Spent on",
            "state": "How far it is",
            "paid_on": "Given back on",
        },
        ("receipt",),
        why=PAID + " The photo of the receipt goes.",
    ),
    Held(
        "Expenses you wrote down or approved",
        ("expense.claimed_by_id", "expense.approved_by_id"),
        Fate.STAYS,
        {"claimed_on": "Written down on", "approved_on": "Approved on"},
        ("what",),
        why=PAID,
    ),
    Held(
        "You pay people",
        ("programme.payments_officer_id",),
        Fate.STAYS,
        {"name": "Of"},
        why="It shows who had this part. Somebody else is named for it.",
    ),
    Held(
        "Things you said you would do",
        ("action.owner_id",),
        Fate.STAYS,
        {"opened_on": "Since", "due": "By", "state": "How far it is"},
        why=DECIDED,
    ),
    Held(
        "Things you said are done",
        ("action.said_done_by_id",),
        Fate.STAYS,
        {"due": "Due", "state": "How far it is"},
        why=DECIDED,
    ),
    Held("Dates you moved", ("due_change.by_id",), Fate.STAYS, {"was": "From", "now": "To", "on": "On"}, why=DECIDED),
    Held(
        "Notes you wrote",
        ("note_version.by_id",),
        Fate.STAYS,
        {"on": "On"},
        ("words",),
        why="They are the group’s words. They have no name on them then.",
    ),
    Held("Decisions you wrote down", ("decision.recorded_by_id",), Fate.STAYS, {"on": "On"}, why=DECIDED),
    Held("Replies you sent", ("reply.by_id",), Fate.STAYS, {"sent_on": "On"}, why=DECIDED),
    Held(
        "Pilots you lead",
        ("pilot.owner_id",),
        Fate.STAYS,
        {"begins": "From", "ends": "To", "state": "How far it is"},
        why=DECIDED,
    ),
    Held(
        "Small tests you lead",
        ("test_cycle.owner_id",),
        Fate.STAYS,
        {"begins": "From", "ends": "To", "state": "How far it is"},
        why=DECIDED,
    ),
    Held("Numbers you may add", ("keeper.person_id",), Fate.GOES, {"recommendation_id>recommendation.title": "To"}),
    Held(
        "Groups you handed over",
        ("handover.from_id",),
        Fate.STAYS,
        GROUP | {"words": "Your words", "state": "How far it is", "offered_on": "On"},
        why="It shows who had the group. Your words go.",
    ),
    Held(
        "Groups you took over",
        ("handover.to_id",),
        Fate.STAYS,
        GROUP | {"state": "How far it is", "offered_on": "Offered on", "taken_on": "Taken on"},
        why="It shows who had the group. It has no name on it then.",
    ),
    Held(
        "Templates you keep",
        ("template.owner_id",),
        Fate.GOES,
        {"name": "Name", "note": "What it is good for", "shared": "Shared", "changed_on": "Changed on"},
        change="library.index",
    ),
    Held(
        "Concerns come to you",
        ("programme.safeguarding_lead_id", "programme.deputy_lead_id"),
        Fate.STAYS,
        {"name": "Of"},
        why="Somebody else must have this part before you go.",
    ),
    Held(
        "Questions about data you answered",
        ("data_ask.answered_by_id",),
        Fate.STAYS,
        {"answered_on": "On"},
        why="It shows that somebody answered. It has no name on it then.",
    ),
    Held("Looks at who has access", ("access_review.by_id",), Fate.STAYS, {"began_on": "Begun on"}, why=SAFE),
    Held("When your access was looked at", ("review_line.person_id",), Fate.STAYS, {"looked_on": "On"}, why=SAFE),
    Held("Done by you", ("journal_entry.by_id",), Fate.STAYS, {"at": "On", "verb": "What"}, why=COUNTS),
    Held(
        "Sign-ins and changes of your rights",
        ("security_event.person_id",),
        Fate.STAYS,
        {"at": "On", "what": "What", "place": "From"},
        why=SAFE,
    ),
    Held(
        "Changes you made to others’ rights",
        ("security_event.by_id",),
        Fate.STAYS,
        {"at": "On", "what": "What"},
        why=SAFE,
    ),
    Held(
        "Votes",
        ("roll_entry.person_id",),
        Fate.STAYS,
        why="Nobody can see how you voted. Nothing is kept that could show it.",
    ),
    Held(
        "Sealed answers",
        ("envelope.person_id",),
        Fate.STAYS,
        unseen=("sealed",),
        why="Nobody can open them but the count, and they go with it.",
    ),
    Held(
        "Concerns",
        ("concern.raised_by_id", "concern.received_by_id"),
        Fate.STAYS,
        unseen=("about", "number", "words", "passed_to"),
        why="Only the safeguarding leads ever see them. The law says they are kept for a time.",
    ),
)

NOBODYS = {
    "action": "the group's words",
    "agenda_item": "the group's plan; a name in `lead` goes",
    "agreement": "the group's words",
    "change_asked": "tied to nobody",
    "comparison": "the public record",
    "correction": "why a number was put right",
    "cycle": "the group's plan",
    "decision": "what was decided",
    "due_change": "what was agreed",
    "hit": "hashes of tries, gone in a day",
    "holiday": "the calendar",
    "indicator": "what is measured",
    "meeting": "the group's plan",
    "item_note": "the group's words; her name in them goes",
    "once": "addresses of pages, gone in a week",
    "phase": "the public record",
    "pilot": "what is tried",
    "plan_step": "the group's plan",
    "poll": "the group's question",
    "principle": "the group's words",
    "priority": "the group's words",
    "rate": "what is paid",
    "reading": "what is measured",
    "recommendation": "the group's words; a name in `presenter` goes",
    "reply": "what was answered",
    "result": "what was published of a vote",
    "retention_run": "numbers",
    "run": "the public record",
    "sealed_worry": "sealed, and tied to nobody",
    "session": "the group's plan",
    "skipped_week": "the calendar",
    "source": "the public record",
    "template_item": "a plan to start from; it goes with its template",
    "template_step": "a plan to start from; it goes with its template",
    "test_cycle": "what is tried",
    "timeline_entry": "the public record",
    "version": "the group's words; a name in `presenter` goes",
    "wording": "the installation's words",
    "workstream": "the group's plan",
    "worry": "tied to nobody",
}
"""Tables whose words are no one person's, and what they are instead."""
