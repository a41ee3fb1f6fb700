"""Who may choose, share and end; and which pages there are for a supporter."""

from datetime import date
from uuid import uuid4

from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person, Side
from coprod.supporters import rules
from coprod.supporters.models import Share, Support

ROBIN, JO, KIT = (Person(id=uuid4(), alias=name, side=Side.LIVED) for name in ("Robin", "Jo", "Kit"))
SAM = Person(id=uuid4(), alias="Sam", side=Side.PROFESSIONAL)


def _support(**fields: object) -> Support:
    chosen = {"ended_on": None, "shares": []} | fields
    return Support(member_id=ROBIN.id, supporter_id=JO.id, **chosen)


def test_member_in_a_group_chooses_three_people_at_most() -> None:
    assert rules.may_choose(ROBIN, ROBIN, [_support()] * 2, True)
    assert rules.may_choose(ROBIN, ROBIN, [_support()] * 3, True).reason == "You can choose 3 people at most."
    assert rules.may_choose(ROBIN, ROBIN, [], False).reason == "You are not in a group now."
    assert rules.may_choose(SAM, SAM, [], True).reason == "Only members choose who helps them."
    assert not rules.may_choose(SAM, ROBIN, [], True)


def test_only_the_member_shares_and_gives_cards_and_either_ends_it() -> None:
    for rule, allowed in (
        (rules.may_share, {"Robin"}),
        (rules.may_draw_card, {"Robin"}),
        (rules.may_end, {"Robin", "Jo"}),
    ):
        assert {who.alias for who in (ROBIN, JO, KIT, SAM) if rule(who, _support())} == allowed
        assert rule(ROBIN, _support(ended_on=date(2025, 11, 17))).reason == "This has ended."


def test_sharing_is_item_by_item_and_in_one_order() -> None:
    assert rules.shared(_support()) == []
    both = rules.with_and_without([Share.AGREEMENT.value], Share.AGENDA, True)
    assert both == [Share.AGENDA.value, Share.AGREEMENT.value]
    assert rules.shared(_support(shares=both)) == [Share.AGENDA, Share.AGREEMENT]
    assert rules.with_and_without(both, Share.AGREEMENT, False) == [Share.AGENDA.value]


def test_lifts_are_taxi_and_bus_and_nothing_else() -> None:
    assert rules.lifts(Wanted((Help.BUS, Help.TAXI, Help.QUIET_ROOM), 2, "Polish", "No nuts")) == [
        "A taxi",
        "A bus ticket",
    ]


def test_pages_for_supporters_are_named_one_by_one() -> None:
    assert rules.may_open("supporters.home")
    assert rules.may_open("static")
    for closed in ("voting.ballot", "voting.by_link", "workstreams.index", "agreements.show", "needs.helps"):
        assert not rules.may_open(closed)
