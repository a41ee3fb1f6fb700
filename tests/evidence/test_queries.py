"""Who finds what: the query and the rule say the same of everybody, and a list costs as much for three as for one."""

import itertools
from datetime import date, timedelta

from sqlalchemy import Select, select

from coprod.core.clock import today
from coprod.core.db import db
from coprod.evidence import queries, rules, services
from coprod.evidence.models import Audience, Evidence, EvidenceKind, Review, TestimonyState
from coprod.people.models import Person
from coprod.workstreams.queries import memberships_of
from tests.evidence.conftest import Adding, Table
from tests.factories import a_person, a_programme, a_steering_group


def test_query_and_rule_say_the_same_of_everybody_p1(table: Table, adding: Adding) -> None:
    """Every audience, every day it may be read until, every state; for people at every table and at none."""
    adding()
    days = (None, today(), today() + timedelta(1))
    for audience, until in itertools.product(Audience, days):
        adding(EvidenceKind.TESTIMONY, audience=audience, until=until)
        gone = adding(EvidenceKind.TESTIMONY, audience=audience, until=until)
        services.withdraw(gone, by=table.robin)
        ended = adding(EvidenceKind.TESTIMONY, audience=audience, until=until)
        assert ended.testimony is not None
        ended.testimony.until = today() - timedelta(1)
        services.end(ended.testimony.id)
        over = adding(EvidenceKind.TESTIMONY, audience=audience)
        assert over.testimony is not None
        over.testimony.until = date(2025, 1, 1)
    far = a_person("Far away")
    a_steering_group(a_programme("Elsewhere"), members=[far])
    people = [table.robin, table.sam, table.mia, table.alex, table.olga, far, a_person("Nowhere")]
    differ, everything = [], db.session.scalars(select(Evidence)).all()
    for person in people:
        found = {one.id for one in queries.seen_by(person)}
        places = memberships_of(person)
        allowed = {one.id for one in everything if rules.may_read(person, one, today(), places)}
        if found != allowed:
            differ.append(person.alias)
    assert differ == []
    assert len(queries.seen_by(table.robin)) > len(queries.seen_by(table.mia)) > len(queries.seen_by(table.alex)) > 0
    assert (len(queries.seen_by(far)) > 0, queries.seen_by(people[-1])) == (True, [])


def test_later_feature_lends_all_but_testimonies(table: Table, adding: Adding, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    data, told = adding(), adding(EvidenceKind.TESTIMONY)

    def lent(person: Person) -> Select[tuple[object]]:
        return select(Evidence.id).where(Evidence.workstream_id == table.stream.id)

    monkeypatch.setattr(queries, "_LENDING", [])
    monkeypatch.setattr(queries, "_LEANING", [])
    assert queries.seen_by(table.olga) == []
    queries.lends(lent)
    assert [one.id for one in queries.seen_by(table.olga)] == [data.id]
    assert not queries.is_linked(told)
    queries.leans(lambda evidence: evidence.id == told.id)
    assert (queries.is_linked(told), queries.is_linked(data)) == (True, False)


def test_lists_cost_the_same_for_one_and_for_three(
    table: Table, adding: Adding, review: Review, query_count: list[str]
) -> None:
    counts = []
    for _ in range(2):
        for kind in EvidenceKind:
            adding(kind, audience=Audience.PARTNERSHIP) if kind == EvidenceKind.TESTIMONY else adding(kind)
        for number in range(3):
            find = services.add_find(review, f"A paper {number}", by=table.robin)
            services.add_search(review, "A library", "card", 1, today(), by=table.robin)
            services.include(find, "Ours", EvidenceKind.PRACTICE_HERE, "It says.", by=table.robin, source="Here")
        db.session.commit()
        counts.append([])
        for ask in (
            lambda: queries.seen_by(table.robin),
            lambda: queries.for_group(table.stream),
            lambda: queries.library_seen_by(table.mia, table.stream),
            lambda: queries.told_by(table.robin),
            lambda: queries.given_to(table.olga),
            lambda: queries.reviews_of(table.stream),
            lambda: queries.one_review_seen_by(table.robin, review.id),
        ):
            db.session.expire_all()
            _ = (table.robin.id, table.mia.id, table.olga.id, table.stream.id, review.id)
            query_count.clear()
            ask()
            counts[-1].append(len(query_count))
    assert counts[0] == counts[1]


def test_what_a_group_leans_on_leaves_out_what_is_gone(table: Table, adding: Adding) -> None:
    stays, over = adding(EvidenceKind.TESTIMONY), adding(EvidenceKind.TESTIMONY)
    assert over.testimony is not None
    over.testimony.until = date(2025, 1, 1)
    services.withdraw(adding(EvidenceKind.TESTIMONY), by=table.sam)
    assert [one.id for one in queries.for_group(table.stream)] == [stays.id]
    assert queries.ended_before(today()) == [over.testimony.id]
    assert stays.testimony is not None
    assert stays.testimony.state == TestimonyState.GIVEN
