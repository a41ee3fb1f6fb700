"""Who may help whom, what is shared with them, and which pages there are for somebody who helps (journey 23)."""

from collections.abc import Sequence

from coprod.core.answers import YES, Answer, no
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.supporters.models import Share, Support

MOST = 3
OPEN = frozenset({"people", "supporters", "home", "contacts", "my_data", "retention"})
"""The only features whose pages are there for a supporter at all: sign-in, her own page, her details, how long."""
OPEN_PAGES = frozenset({"static", "wellbeing.calls", "wellbeing.rung"})
"""And these: whom she was asked to ring."""
LIFTS = (Help.TAXI, Help.BUS)


def may_choose(by: Person, member: Person, helpers: Sequence[Support], in_a_group: bool) -> Answer:
    """A member may choose who helps her, while she is in a group or on her way to one."""
    herself = YES if by.id == member.id and by.is_lived else no("Only members choose who helps them.")
    placed = YES if in_a_group else no("You are not in a group now.")
    return herself & placed & (YES if len(helpers) < MOST else no(f"You can choose {MOST} people at most."))


def stands(support: Support) -> Answer:
    """Answer whether this person still helps."""
    return YES if support.ended_on is None else no("This has ended.")


def may_share(by: Person, support: Support) -> Answer:
    """Only the member herself may say what is shared, and only while she is helped."""
    return _is_hers(by, support) & stands(support)


def may_draw_card(by: Person, support: Support) -> Answer:
    """Only the member herself may give a card to who helps her."""
    return _is_hers(by, support) & stands(support)


def may_end(by: Person, support: Support) -> Answer:
    """Either of the two may end it, and neither says why."""
    either = by.id in (support.member_id, support.supporter_id)
    return (YES if either else no("Only the two of you can end this.")) & stands(support)


def _is_hers(by: Person, support: Support) -> Answer:
    return YES if by.id == support.member_id else no("Only the member herself says this.")


def may_open(endpoint: str) -> bool:
    """Answer whether a page is there for a supporter; every vote and every group is not (domain guide, section 4)."""
    return endpoint in OPEN_PAGES or endpoint.partition(".")[0] in OPEN


def shared(support: Support) -> list[Share]:
    """List what is shared, in one order."""
    return [each for each in Share if each in support.shares]


def with_and_without(shares: Sequence[str], what: Share, on: bool) -> list[str]:
    """Answer the list of what is shared with this added or taken out."""
    return [each.value for each in Share if (on if each == what else each in shares)]


def lifts(wanted: Wanted) -> list[str]:
    """List the lifts a member asked for."""
    return [each.capitalize() for each in LIFTS if each in wanted.helps]
