"""Who may read what a group knows; and whether somebody's own words are still given."""

from collections.abc import Collection, Iterable
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.evidence.models import Audience, Evidence, Testimony, TestimonyState
from coprod.people.models import Person
from coprod.workstreams.models import Kind, Membership, MembershipState, Workstream

WITHDRAWN = "A testimony that was withdrawn"
ENDED = "A testimony that came to its end"


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
    kept_in: bool = False,
) -> Answer:
    """Answer whether this person may read this now.

    Her group reads all of its library; a testimony is for those it was given to, as long as it is given, and for
    nobody else whatever it is linked to. `places` are all of the person's, with their groups; `lent` says that a later
    feature shows it to her, `kept_in` that one keeps it inside its group for now. Where it was withdrawn, those it was
    for read that it was.
    """
    unknown = no("There is nothing here for you to read.")
    testimony = evidence.testimony
    if is_hers(person, evidence):
        return YES
    if testimony is None:
        return YES if _sits_at(places, evidence.workstream_id) or lent else unknown
    shown = testimony.state == TestimonyState.WITHDRAWN or is_given(testimony, today)
    audience = Audience.GROUP if kept_in else testimony.audience
    return YES if shown and _is_for(audience, evidence.workstream, places) else unknown


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
