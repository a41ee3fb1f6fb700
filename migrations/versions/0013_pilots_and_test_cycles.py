"""Pilots and test cycles."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pilot",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("funding_board", sa.Text(), nullable=False),
        sa.Column("granted", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("how_much", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("begins <= ends", name=op.f("ck_pilot_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_pilot_owner_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_pilot_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_pilot_recommendation_id")),
    )
    op.create_table(
        "test_cycle",
        sa.Column("pilot_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("prediction", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("safety_check", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("compared", sa.String(length=40), nullable=True),
        sa.Column("surprised", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("how_much", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'abandon' OR length(learning) > 0", name=op.f("ck_test_cycle_abandoned_says_what_was_learned")
        ),
        sa.CheckConstraint("begins <= ends", name=op.f("ck_test_cycle_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_test_cycle_owner_id_person")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_test_cycle_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_cycle")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_test_cycle_pilot_id_number")),
    )
    op.create_table(
        "test_cycle_indicator",
        sa.Column("test_cycle_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_test_cycle_indicator_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["test_cycle_id"], ["test_cycle.id"], name=op.f("fk_test_cycle_indicator_test_cycle_id_test_cycle")
        ),
        sa.PrimaryKeyConstraint("test_cycle_id", "indicator_id", name=op.f("pk_test_cycle_indicator")),
    )
    with op.batch_alter_table("test_cycle_indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_test_cycle_indicator_indicator_id"), ["indicator_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("test_cycle_indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_test_cycle_indicator_indicator_id"))

    op.drop_table("test_cycle_indicator")
    op.drop_table("test_cycle")
    op.drop_table("pilot")
