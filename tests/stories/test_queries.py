"""Lists of stories cost the same however many there are, and say nothing of what ended."""

from datetime import timedelta

from coprod.core.clock import today
from coprod.core.db import db
from coprod.evidence.models import Audience
from coprod.pilots.models import Feedback, Touched
from coprod.recommendations import queries as recommendations
from coprod.stories import queries, services
from coprod.stories.models import Turn
from tests.factories import keep
from tests.pilots.builders import a_pilot, a_test_cycle
from tests.stories.conftest import Table, Telling


def test_in_peoples_words_beside_the_numbers_the_worse_first(table: Table, telling: Telling) -> None:
    key = table.recommendation.id
    for says, turn in (("It helps.", Turn.BETTER), ("It harms.", Turn.WORSE)):
        services.check(telling(says, turn, how_much="Much", name="Ash"), by=table.sam)
    telling("Not checked yet.", Turn.SAME)
    (found,) = recommendations.in_words(table.alex, [key])[key]
    assert [(one.says, one.turn, one.how_much, one.name) for one in found.told] == [
        ("It harms.", "It is worse now.", "Much", "Ash"),
        ("It helps.", "It is better now.", "Much", "Ash"),
    ]
    assert (found.endpoint, found.key) == ("stories.index", key)


def test_what_ended_is_read_by_nobody_beside_the_numbers(table: Table, telling: Telling) -> None:
    story = telling()
    story.testimony.until = today() - timedelta(1)
    db.session.flush()
    assert queries.on(table.mia, [table.recommendation.id]) == []
    assert queries.told_by(table.robin) == [story]


def test_lists_cost_the_same_with_one_and_with_three(table: Table, telling: Telling, query_count: list[str]) -> None:
    key, costs = table.recommendation.id, []
    test_cycle = a_test_cycle(a_pilot(table.recommendation, table.sam))
    for more in (1, 2):
        for number in range(more):
            telling(f"Story {more} {number}")
            said = {"whose": Touched.PARENT, "words": "It was quick.", "on": today()}
            keep(Feedback(test_cycle=test_cycle, by_id=table.robin.id, **said))
        db.session.flush()
        db.session.expire_all()
        asked = [
            lambda: [one.recommendation.workstream.memberships for one in queries.on(table.mia, [key])],
            lambda: [one.testimony.evidence.says for one in queries.told_by(table.robin)],
            lambda: queries.to_check(table.sam, table.recommendation),
            lambda: [one.workstream.name for one, _ in queries.counted_to_check(table.sam)],
            lambda: queries.in_words(table.mia, [key]),
            lambda: [one.test_cycle.pilot.recommendation.workstream_id for one in queries.said_by(table.robin)],
        ]
        query_count.clear()
        for ask in asked:
            ask()
        costs.append(len(query_count))
    assert costs[0] == costs[1]


def test_to_check_is_what_goes_wider_and_nobody_checked(table: Table, telling: Telling) -> None:
    waiting, checked = telling(), telling("Calm.")
    telling("Ours.", audience=Audience.GROUP)
    services.check(checked, by=table.sam)
    assert queries.to_check(table.sam, table.recommendation) == [waiting]
    assert queries.counted_to_check(table.sam) == [(table.recommendation, 1)]


def test_nobody_is_given_her_own_story_to_check_nor_one_that_ended_or_of_another_group(
    table: Table, telling: Telling
) -> None:
    telling(by=table.jo)
    over = telling("Over.")
    over.testimony.until = today() - timedelta(1)
    db.session.flush()
    assert [len(queries.to_check(one, table.recommendation)) for one in (table.sam, table.jo, table.mia)] == [1, 0, 0]
    found = [queries.counted_to_check(one) for one in (table.sam, table.jo, table.mia, table.alex)]
    assert found == [[(table.recommendation, 1)], [], [], []]
