"""Two who say and sort at the same moment: nothing lost, nothing doubled, and who is last is told (R3, R4)."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.db import db
from coprod.statements import queries, services
from coprod.statements.models import Statement, Theme
from tests.statements.conftest import Table
from tests.together import at_once

ROUNDS = 3


def _send(visitor: FlaskClient, page: str, fields: dict[str, str], answers: list[str]) -> Callable[[], None]:
    def act() -> None:
        answer = visitor.post(page, data=fields)
        answers.append(answer.location or str(answer.status_code))

    return act


def test_two_who_sort_at_once_both_count_and_only_the_last_of_one_sentence_is_told(
    app: Flask, as_: Callable[..., FlaskClient], table: Table
) -> None:
    page, robin, kit = f"/workstreams/{table.stream.id}/themes", as_(table.robin), as_(table.kit)
    for number in range(ROUNDS):
        services.add(table.stream, [f"{name} {number}" for name in ("Mine", "Yours", "Both")], by=table.sam)
        said = {one.words.split()[0]: one.id.hex for one in queries.heard_in(table.stream) if str(number) in one.words}
        fields = {f"was_{key}": "" for key in said.values()}
        db.session.commit()
        answers: list[str] = []
        # Each names a theme of her own, puts one sentence of her own under it, and both want the third.
        wishes = (("Mine", f"One {number}", robin), ("Yours", f"Other {number}", kit))
        at_once(
            *(
                _send(
                    who,
                    page,
                    fields | {"theme": name, f"to_{said[own]}": "new", f"to_{said['Both']}": "new"},
                    answers,
                )
                for own, name, who in wishes
            )
        )
        db.session.expire_all()
        under = {
            one.words.split()[0]: one.theme.name for one in queries.heard_in(table.stream) if str(number) in one.words
        }
        assert (under["Mine"], under["Yours"]) == (f"One {number}", f"Other {number}")
        assert under["Both"] in {f"One {number}", f"Other {number}"}
        assert sorted("told=" in answer for answer in answers) == [False, True]
        db.session.rollback()
    numbers = db.session.scalars(select(Theme.number).order_by(Theme.number)).all()
    assert numbers == list(range(1, 2 * ROUNDS + 1))


def test_the_same_sentence_sent_by_two_at_once_stands_there_once(
    app: Flask, as_: Callable[..., FlaskClient], table: Table
) -> None:
    page, answers = f"/workstreams/{table.stream.id}/statements", []
    visitors = [as_(table.robin), as_(table.kit), as_(table.robin)]
    for number in range(ROUNDS):
        at_once(*(_send(visitor, page, {"words": f"A smile {number}"}, answers) for visitor in visitors))
    assert set(answers) == {page}
    db.session.expire_all()
    assert sorted(db.session.scalars(select(Statement.words))) == [f"A smile {number}" for number in range(ROUNDS)]
