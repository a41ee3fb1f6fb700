"""Two keepers at the same moment: one goes after the other, and who is second works with what the first left."""

from collections.abc import Callable
from datetime import date

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.overtaken import Overtaken
from coprod.outcomes import services
from coprod.outcomes.models import Correction, Indicator, ProposalState, ProposedReading, Reading
from coprod.outcomes.rules import defining
from coprod.people.models import Person
from tests.outcomes.builders import a_proposal, an_indicator
from tests.together import at_once

DAY = date(2025, 6, 1)
Act = Callable[[Person], object]


class Two:
    """Two keepers in transactions of their own, who have both read the measure before either begins."""

    def __init__(self, app, indicator: Indicator) -> None:
        self.app, self.indicator = app, indicator.id
        self.done: list[str] = []
        self.refused: list[str] = []
        db.session.commit()

    def go(self, *acts: tuple[Person, Act]) -> None:
        steps = [lambda who=who.id, act=act: self._do(who, act) for who, act in acts]
        db.session.commit()
        at_once(*steps)
        db.session.rollback()

    def _do(self, who, act: Act) -> None:
        with self.app.app_context():
            by = db.session.get_one(Person, who)
            read = db.session.get_one(Indicator, self.indicator)
            assert [len(read.readings), len(read.proposals), len(read.former)]
            try:
                act(by)
                db.session.commit()
                self.done.append(by.alias)
            except (Refused, Overtaken) as refusal:
                self.refused.append(type(refusal).__name__)
                db.session.rollback()


def the_proposal() -> ProposedReading:
    return db.session.scalars(db.select(ProposedReading).order_by(ProposedReading.id)).first()


def states() -> list[ProposalState]:
    return list(db.session.scalars(db.select(ProposedReading.state).order_by(ProposedReading.month)))


def readings() -> list[float]:
    return list(db.session.scalars(db.select(Reading.value).order_by(Reading.month)))


def approved(by: Person) -> None:
    services.approve(the_proposal(), by=by)


def taken_back(by: Person) -> None:
    services.take_back(the_proposal(), by=by)


def sent_back(by: Person) -> None:
    services.send_back(the_proposal(), "Look again", by=by)


def test_two_who_approve_the_same_reading_make_one_of_it(app, table) -> None:
    """R4."""
    indicator = an_indicator(table.recommendation)
    services.appoint_keeper(table.recommendation, table.kim, by=table.alex)
    a_proposal(indicator, table.sam)
    two = Two(app, indicator)
    two.go((table.alex, approved), (table.kim, approved))
    assert (len(two.done), two.refused, readings(), states()) == (1, ["Refused"], [50], [ProposalState.APPROVED])


def test_what_is_approved_as_it_is_taken_back_is_one_of_both(app, table) -> None:
    indicator = an_indicator(table.recommendation)
    a_proposal(indicator, table.sam)
    two = Two(app, indicator)
    two.go((table.alex, approved), (table.sam, taken_back))
    assert (len(two.done), two.refused) == (1, ["Refused"])
    assert (states(), readings()) in [([ProposalState.APPROVED], [50]), ([ProposalState.TAKEN_BACK], [])]


def test_what_is_approved_as_it_is_sent_back_is_one_of_both(app, table) -> None:
    indicator = an_indicator(table.recommendation)
    services.appoint_keeper(table.recommendation, table.kim, by=table.alex)
    a_proposal(indicator, table.sam)
    two = Two(app, indicator)
    two.go((table.alex, approved), (table.kim, sent_back))
    assert (len(two.done), two.refused) == (1, ["Refused"])
    assert (states(), readings()) in [([ProposalState.APPROVED], [50]), ([ProposalState.SENT_BACK], [])]


def test_a_correction_that_is_approved_as_another_is_proposed_keeps_each_old_value_once(app, table) -> None:
    """What it was before is what the last one left: nothing is kept twice, and nothing is lost."""
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    services.correct(indicator.readings[0], 52, 44, "Four forms were late", by=table.sam)
    two = Two(app, indicator)

    def another(by: Person) -> None:
        services.correct(db.session.scalars(db.select(Reading)).one(), 54, 44, "Two more", by=by)

    two.go((table.alex, approved), (table.sam, another))
    assert "Alex" in two.done
    assert list(db.session.scalars(db.select(Correction.value))) == [50]
    assert readings() == [52]
    if waits := db.session.scalars(db.select(ProposedReading).filter_by(state=ProposalState.WAITING)).first():
        services.approve(waits, by=table.alex)
        assert list(db.session.scalars(db.select(Correction.value).order_by(Correction.number))) == [50, 52]


def test_two_who_propose_the_same_month_make_one_proposal(app, table) -> None:
    indicator = an_indicator(table.recommendation)

    def proposed(by: Person) -> None:
        services.add_reading(db.session.scalars(db.select(Indicator)).one(), DAY, 50, 40, by=by)

    two = Two(app, indicator)
    two.go((table.sam, proposed), (table.alex, proposed))
    assert (len(two.done), two.refused, states()) == (1, ["Refused"], [ProposalState.WAITING])


def test_two_who_change_the_sheet_lose_no_words(app, table) -> None:
    """R4: who is second is told, and writes nothing."""
    indicator = an_indicator(table.recommendation)

    def defined(by: Person) -> None:
        one = db.session.scalars(db.select(Indicator)).one()
        given = {name: getattr(one, name) for name in defining.LINES} | {"source": by.alias}
        services.define(one, given, "Because", by=by, read=0)

    two = Two(app, indicator)
    two.go((table.sam, defined), (table.alex, defined))
    assert (len(two.done), two.refused) == (1, ["Overtaken"])
    kept = db.session.scalars(db.select(Indicator)).one()
    assert (kept.source, len(kept.former)) == (two.done[0], 1)


def test_a_first_reading_beside_another_meaning_leaves_one_meaning(app, table) -> None:
    """A sheet whose meaning is changed as the first reading comes: the reading fits the sheet, or is refused."""
    indicator = an_indicator(table.recommendation)

    def proposed(by: Person) -> None:
        services.add_reading(db.session.scalars(db.select(Indicator)).one(), DAY, 50, 40, by=by)

    def turned(by: Person) -> None:
        one = db.session.scalars(db.select(Indicator)).one()
        given = {name: getattr(one, name) for name in defining.LINES} | {"how_often": "quarter"}
        services.define(one, given, "Because", by=by)

    two = Two(app, indicator)
    two.go((table.sam, proposed), (table.alex, turned))
    kept = db.session.scalars(db.select(Indicator)).one()
    (month,) = [one.month for one in kept.proposals]
    assert (str(kept.how_often), month) in [("month", DAY), ("quarter", date(2025, 4, 1))]
