"""Indicators and readings."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indicator",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("better", sa.String(length=40), nullable=False),
        sa.Column("who_is_counted", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_indicator_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("recommendation_id", "name", name=op.f("uq_indicator_recommendation_id_name")),
    )
    op.create_table(
        "keeper",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_keeper_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_keeper_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeper")),
        sa.UniqueConstraint("recommendation_id", "person_id", name=op.f("uq_keeper_recommendation_id_person_id")),
    )
    with op.batch_alter_table("keeper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_keeper_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reading",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("denominator IS NULL OR denominator >= 0", name=op.f("ck_reading_denominator_counts")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_reading_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("indicator_id", "month", name=op.f("uq_reading_indicator_id_month")),
    )
    op.create_table(
        "correction",
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_correction_says_why")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_correction_reading_id_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("reading_id", "number", name=op.f("uq_correction_reading_id_number")),
    )


def downgrade() -> None:
    op.drop_table("correction")
    op.drop_table("reading")
    with op.batch_alter_table("keeper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_keeper_person_id"))

    op.drop_table("keeper")
    op.drop_table("indicator")
