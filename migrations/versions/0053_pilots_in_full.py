"""Pilots with funding asks, steps, spending and milestones; test cycles with numbers, feedback and an override."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

PILOT = sa.table(
    "pilot",
    sa.column("id", sa.Uuid()),
    sa.column("funding_board", sa.Text()),
    sa.column("begins", sa.Date()),
)
ASK = sa.table(
    "funding_ask",
    sa.column("id", sa.Uuid()),
    sa.column("pilot_id", sa.Uuid()),
    sa.column("number", sa.Integer()),
    sa.column("board", sa.Text()),
    sa.column("what_for", sa.Text()),
    sa.column("asked_on", sa.Date()),
    sa.column("conditions", sa.Text()),
)


def _of(table: str, *columns: sa.schema.SchemaItem, pilot: str = "pilot") -> None:
    """Make a table of things that belong to a pilot or a test cycle."""
    key = f"{pilot}_id"
    op.create_table(
        table,
        sa.Column(key, sa.Uuid(), nullable=False),
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint([key], [f"{pilot}.id"], name=op.f(f"fk_{table}_{key}_{pilot}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _indexed(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def _to_person(table: str, column: str) -> Sequence[sa.schema.SchemaItem]:
    return (
        sa.Column(column, sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")),
    )


def upgrade() -> None:
    _make_what_belongs_to_a_pilot()
    _make_what_belongs_to_a_test_cycle()
    with op.batch_alter_table("test_cycle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("override_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_test_cycle_follows_id"), ["follows_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_test_cycle_follows_id_test_cycle"), "test_cycle", ["follows_id"], ["id"]
        )
    with op.batch_alter_table("test_cycle", schema=None) as batch_op:
        batch_op.alter_column("override_reason", server_default=None)
    _move_the_boards()
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("budget", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("scaled_to", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("scaled_by", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_pilot_goes_somewhere_by_a_day"), "(scaled_to = '') = (scaled_by IS NULL)"
        )
        batch_op.drop_column("funding_board")
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.alter_column("reason", server_default=None)
        batch_op.alter_column("scaled_to", server_default=None)


def _make_what_belongs_to_a_pilot() -> None:
    _of(
        "funding_ask",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.Column("pounds", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("granted", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("pounds IS NULL OR pounds > 0", name=op.f("ck_funding_ask_asks_for_something")),
        sa.CheckConstraint("granted IS NULL OR granted > 0", name=op.f("ck_funding_ask_grants_something")),
        sa.CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_funding_ask_answered_on_a_day")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_funding_ask_pilot_id_number")),
    )
    _of(
        "pilot_spending",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("pounds", sa.Integer(), nullable=False),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.CheckConstraint("pounds > 0", name=op.f("ck_pilot_spending_spends_something")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_pilot_spending_pilot_id_number")),
    )
    _of(
        "pilot_step",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        *_to_person("pilot_step", "owner_id"),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("found", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind = 'set-up' OR done_on IS NULL OR length(found) > 0",
            name=op.f("ck_pilot_step_check_says_what_it_found"),
        ),
    )
    _indexed("pilot_step", "pilot_id", "owner_id")
    _of(
        "pilot_milestone",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_pilot_milestone_pilot_id_number")),
    )


def _make_what_belongs_to_a_test_cycle() -> None:
    _of(
        "test_cycle_number",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "denominator IS NULL OR denominator > 0", name=op.f("ck_test_cycle_number_denominator_counts")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_test_cycle_number_indicator_id_indicator")
        ),
        sa.UniqueConstraint("test_cycle_id", "number", name=op.f("uq_test_cycle_number_test_cycle_id_number")),
        pilot="test_cycle",
    )
    _indexed("test_cycle_number", "indicator_id")
    _of(
        "test_cycle_feedback",
        *_to_person("test_cycle_feedback", "by_id"),
        sa.Column("whose", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_test_cycle_feedback_says_something")),
        pilot="test_cycle",
    )
    _indexed("test_cycle_feedback", "test_cycle_id", "by_id")


def _move_the_boards() -> None:
    """Make of each board that was named a funding ask; what it answered was not kept apart and is not made up."""
    connection = op.get_bind()
    named = sa.select(PILOT.c.id, PILOT.c.funding_board, PILOT.c.begins).where(PILOT.c.funding_board != "")
    for key, board, begins in connection.execute(named.order_by(PILOT.c.id)).all():
        words = {"board": board, "what_for": "", "conditions": "", "asked_on": begins}
        connection.execute(sa.insert(ASK).values(id=uuid4(), pilot_id=key, number=1, **words))


def downgrade() -> None:
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("funding_board", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("ck_pilot_goes_somewhere_by_a_day"), type_="check")
        for column in ("scaled_by", "scaled_to", "reason", "budget"):
            batch_op.drop_column(column)
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.alter_column("funding_board", server_default=None)
    connection = op.get_bind()
    for key, board in connection.execute(sa.select(ASK.c.pilot_id, ASK.c.board).where(ASK.c.number == 1)).all():
        connection.execute(sa.update(PILOT).where(PILOT.c.id == key).values(funding_board=board))
    with op.batch_alter_table("test_cycle", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_test_cycle_follows_id_test_cycle"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_test_cycle_follows_id"))
        batch_op.drop_column("follows_id")
        batch_op.drop_column("override_reason")
    for table in (
        *("test_cycle_feedback", "test_cycle_number"),
        *("pilot_milestone", "pilot_step", "pilot_spending", "funding_ask"),
    ):
        op.drop_table(table)
