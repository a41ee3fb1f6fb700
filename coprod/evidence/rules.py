"""Who may read and add what a group knows; whose a testimony is to withdraw; and what each kind must say."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence.models import (
    Audience,
    Evidence,
    EvidenceKind,
    Find,
    FindState,
    Review,
    ReviewState,
    Testimony,
    TestimonyState,
)
from coprod.people.models import Person
from coprod.workstreams.models import Kind, Membership, MembershipState, Workstream, WorkstreamState
from coprod.workstreams.rules import is_facilitator, is_member

WITHDRAWN = "A testimony that was withdrawn"
ENDED = "A testimony that came to its end"
LONGEST_TITLE, LONGEST_SAYS, LONGEST_LINE = 160, 4000, 300
WHOSE_WORDS = "Only the person whose words these are may change them."


# --- What each kind asks for.


@dataclass(frozen=True)
class Asks:
    """What one kind of evidence needs to say of itself: a question for each, or none."""

    name: str
    says_what: str
    title: str
    says: str
    source: str = ""
    period: str = ""
    address: str = ""
    needs_a_place_to_read: bool = False


KINDS: dict[EvidenceKind, Asks] = {
    EvidenceKind.LOCAL_DATA: Asks(
        "Local data",
        "Numbers from here: how many, how often, how long.",
        "What do the numbers count?",
        "What do they say?",
        source="Who counted it?",
        period="For which time?",
        address="Where is it on the web?",
    ),
    EvidenceKind.RESEARCH: Asks(
        "Research",
        "A study or a report that somebody wrote.",
        "What is it called?",
        "What did it find?",
        source="Who wrote it?",
        period="In which year?",
        address="Where is it on the web?",
        needs_a_place_to_read=True,
    ),
    EvidenceKind.PRACTICE_HERE: Asks(
        "Practice here",
        "How something is done here now.",
        "What is done?",
        "How is it done, and how does it go?",
        source="Where is it done?",
    ),
    EvidenceKind.PRACTICE_ELSEWHERE: Asks(
        "Practice elsewhere",
        "How something is done in another place.",
        "What is done?",
        "How is it done, and how does it go?",
        source="Where is it done?",
        address="Where is it on the web?",
    ),
    EvidenceKind.TESTIMONY: Asks(
        "Testimony",
        "What somebody lived through, in their own words.",
        "What is it about?",
        "What would you like us to know?",
    ),
}
AUDIENCES: dict[Audience, str] = {
    Audience.GROUP: "Only this group",
    Audience.STEERING: "This group, and the people who decide on the steering group",
    Audience.PARTNERSHIP: "Everybody who sits in a group of this partnership",
}


@dataclass(frozen=True)
class Said:
    """What somebody says of one piece of evidence, before it is kept."""

    kind: EvidenceKind
    title: str
    says: str
    source: str = ""
    period: str = ""
    address: str = ""
    content_note: str = ""


def faults(said: Said, *, has_file: bool, until: date | None = None, today: date) -> dict[str, str]:
    """List what is still missing or cannot be, by its field."""
    asks, found = KINDS[said.kind], {}
    if not said.title:
        found["title"] = "Give it a short title."
    if not said.says:
        found["says"] = "Write it in a few plain words."
    if asks.source and not said.source:
        found["source"] = f"Answer this: {asks.source}"
    if asks.period and not said.period:
        found["period"] = f"Answer this: {asks.period}"
    if said.address and not is_web_address(said.address):
        found["address"] = "Write an address that begins with https:// or http://."
    if asks.needs_a_place_to_read and not said.address and not has_file:
        found["address"] = "Say where it can be read, or bring the file."
    if until is not None and until < today:
        found["until"] = "That day is past. Choose a day to come, or none."
    return found


WORDS = ("title", "says", "source", "period", "address", "content_note")


class Conflict(Exception):  # noqa: N818 - a name that says what happened
    """Somebody kept other words after these were read."""


def mark_of(evidence: Evidence) -> str:
    """Answer a mark of what stands there, by which whoever changes it says what she had read."""
    held, testimony = [getattr(evidence, name) for name in WORDS], evidence.testimony
    given = [testimony.audience, testimony.until] if testimony is not None else []
    return sha256(json.dumps([*held, *map(str, (evidence.file_id, *given))]).encode()).hexdigest()


def theirs_beside(evidence: Evidence, typed: Mapping[str, str]) -> dict[str, str]:
    """Answer what stands there now, wherever something else was typed, by the name of the box (R4)."""
    return {name: getattr(evidence, name) for name, words in typed.items() if getattr(evidence, name) != words}


def is_web_address(address: str) -> bool:
    """Answer whether this leads to a page on the web, and to nothing else (O8)."""
    if any(sign.isspace() or sign in '"<>\\' for sign in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def by_kind(library: Iterable[Evidence]) -> list[tuple[Asks, list[Evidence]]]:
    """Put a library on its shelves, one for each kind that has something on it."""
    held = list(library)
    shelves = [(asks, [one for one in held if one.kind == kind]) for kind, asks in KINDS.items()]
    return [(asks, on_it) for asks, on_it in shelves if on_it]


# --- Who may read it.


def is_given(testimony: Testimony, today: date) -> bool:
    """Answer whether its words may be read today by those it is for."""
    return testimony.state == TestimonyState.GIVEN and (testimony.until is None or today <= testimony.until)


def is_over(testimony: Testimony, today: date) -> bool:
    """Answer whether it was given until a day that is past."""
    given = testimony.state == TestimonyState.GIVEN
    return given and testimony.until is not None and testimony.until < today


def is_hers(person: Person, evidence: Evidence) -> bool:
    """Answer whether these are this person's own words."""
    testimony = evidence.testimony
    return testimony is not None and testimony.person_id == person.id and testimony.state == TestimonyState.GIVEN


def may_read(
    person: Person,
    evidence: Evidence,
    today: date,
    places: Collection[Membership] = (),
    *,
    lent: bool = False,
) -> Answer:
    """Answer whether this person may read this now.

    Her group reads all of its library; a testimony is for those it was given to, as long as it is given, and for
    nobody else whatever it is linked to. `places` are all of the person's, with their groups; `lent` says that a later
    feature shows it to her. Where it was withdrawn, those it was for read that it was.
    """
    unknown = no("There is nothing here for you to read.")
    testimony = evidence.testimony
    if is_hers(person, evidence):
        return YES
    if testimony is None:
        return YES if _sits_at(places, evidence.workstream_id) or lent else unknown
    shown = testimony.state == TestimonyState.WITHDRAWN or is_given(testimony, today)
    return YES if shown and _is_for(testimony.audience, evidence.workstream, places) else unknown


def _is_for(audience: Audience, stream: Workstream, places: Collection[Membership]) -> bool:
    if _sits_at(places, stream.id):
        return True
    joined = [place for place in places if place.state == MembershipState.JOINED]
    if audience == Audience.STEERING:
        return any(_steers(place.workstream, stream) for place in joined)
    return audience == Audience.PARTNERSHIP and bool(joined)


def _steers(table: Workstream, stream: Workstream) -> bool:
    return table.kind == Kind.STEERING and table.programme_id == stream.programme_id


def _sits_at(places: Iterable[Membership], key: object) -> bool:
    return any(place.workstream_id == key and place.state == MembershipState.JOINED for place in places)


# --- Who may add, change and take out.


def _is_open(stream: Workstream) -> Answer:
    return no("It is closed.") if stream.state == WorkstreamState.CLOSED else YES


def may_add(person: Person, stream: Workstream) -> Answer:
    """Everybody who has joined may, until the group is closed."""
    return is_member(person, stream) & _is_open(stream)


def may_write_for(person: Person, stream: Workstream) -> Answer:
    """A facilitator may write down what somebody told her in person."""
    return is_facilitator(person, stream)


def may_edit(person: Person, evidence: Evidence) -> Answer:
    """Facilitators change what stands in the library; a testimony is changed by nobody but its teller."""
    if evidence.testimony is not None:
        return YES if is_hers(person, evidence) else no(WHOSE_WORDS)
    return is_facilitator(person, evidence.workstream)


def may_delete(person: Person, evidence: Evidence, *, is_linked: bool) -> Answer:
    """Facilitators take out what nothing leans on; a testimony is withdrawn instead."""
    if evidence.testimony is not None:
        return no("A testimony is not deleted. It is withdrawn.")
    linked = no("Something leans on this, so it stays. Take the link away first.") if is_linked else YES
    return is_facilitator(person, evidence.workstream) & linked


def _teller_or_facilitator(person: Person, testimony: Testimony) -> Answer:
    """She may at any time; a facilitator for somebody who asks her in person (domain rule 15)."""
    hers = testimony.person_id is not None and testimony.person_id == person.id
    if hers or is_facilitator(person, testimony.evidence.workstream):
        return YES
    return no("Only the person who gave it can withdraw it.")


def _by_itself(person: Person | None, _: Testimony) -> Answer:
    return YES if person is None else no("This comes by itself.")


_GIVEN = frozenset({TestimonyState.GIVEN})
TESTIMONY = Lifecycle[Testimony](
    [
        Move("withdrawn", _GIVEN, TestimonyState.WITHDRAWN, _teller_or_facilitator, "Withdraw it"),
        Move("withdrawn by itself", _GIVEN, TestimonyState.WITHDRAWN, _by_itself),
        Move("ended", _GIVEN, TestimonyState.ENDED, _by_itself),
    ]
)


# --- Looking for evidence: a rapid review.


def may_look(person: Person, review: Review) -> Answer:
    """Members search and sift as long as the review is open."""
    still = YES if review.state == ReviewState.LOOKING else no("This review is concluded. It stays as it is.")
    return is_member(person, review.workstream) & still


def _member_looks(person: Person, find: Find) -> Answer:
    return may_look(person, find.review)


def _member_with_a_reason(person: Person, find: Find) -> Answer:
    return _member_looks(person, find) & (YES if find.why else no("Say why, in a few words."))


def may_sift(person: Person, find: Find) -> Answer:
    """Members say whether something found is used, once."""
    open_ = YES if find.state == FindState.TO_SIFT else no(f"It is {find.state} already.")
    return may_look(person, find.review) & open_


def left_to_sift(review: Review) -> int:
    """Count what was found and not looked at yet."""
    return sum(find.state == FindState.TO_SIFT for find in review.finds)


def may_conclude(person: Person, review: Review) -> Answer:
    """A facilitator may, once everything found was looked at."""
    still = YES if review.state == ReviewState.LOOKING else no("This review is concluded. It stays as it is.")
    return is_facilitator(person, review.workstream) & still & nothing_left(review)


def nothing_left(review: Review) -> Answer:
    """Answer whether everything found was looked at, and a search was made."""
    if not review.searches:
        return no("Next, write down where you looked.")
    left = left_to_sift(review)
    return no(f"{left} of what was found must still be looked at.") if left else YES


def _facilitator_when_done(person: Person, review: Review) -> Answer:
    said = YES if review.conclusion else no("Say in plain words what you found out.")
    return is_facilitator(person, review.workstream) & nothing_left(review) & said


_SIFTED = frozenset({FindState.TO_SIFT})
EVIDENCE_FIND = Lifecycle[Find](
    [
        Move("included", _SIFTED, FindState.INCLUDED, _member_with_a_reason, "Include it"),
        Move("left out", _SIFTED, FindState.LEFT_OUT, _member_with_a_reason, "Leave it out"),
        Move(
            "put back",
            frozenset({FindState.LEFT_OUT}),
            FindState.TO_SIFT,
            _member_looks,
            "Look at it again",
        ),
    ]
)
EVIDENCE_REVIEW = Lifecycle[Review](
    [
        Move(
            "concluded",
            frozenset({ReviewState.LOOKING}),
            ReviewState.CONCLUDED,
            _facilitator_when_done,
            "Conclude the review",
        ),
    ]
)
