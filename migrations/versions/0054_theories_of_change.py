"""Theories of change, in versions, and who agreed to which."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theory",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=40),
            nullable=False,
        ),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('agreed', 'superseded')) = (agreed_on IS NOT NULL)", name=op.f("ck_theory_agreed_on_a_day")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_theory_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_theory_programme_id_number")),
    )
    op.create_table(
        "theory_part",
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=40),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_theory_part_words_are_given")),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theory.id"], name=op.f("fk_theory_part_theory_id_theory"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_part")),
        sa.UniqueConstraint("theory_id", "number", name=op.f("uq_theory_part_theory_id_number")),
    )
    op.create_table(
        "theory_yes",
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_theory_yes_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theory.id"], name=op.f("fk_theory_yes_theory_id_theory"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("theory_id", "person_id", name=op.f("pk_theory_yes")),
    )
    with op.batch_alter_table("theory_yes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_yes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "theory_arrow",
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start_id", sa.Uuid(), nullable=False),
        sa.Column("end_id", sa.Uuid(), nullable=False),
        sa.Column("assumption", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column(
            "standing",
            sa.String(length=40),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(assumption) > 0", name=op.f("ck_theory_arrow_assumption_is_given")),
        sa.CheckConstraint("start_id <> end_id", name=op.f("ck_theory_arrow_goes_somewhere")),
        sa.ForeignKeyConstraint(
            ["end_id"], ["theory_part.id"], name=op.f("fk_theory_arrow_end_id_theory_part"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["start_id"], ["theory_part.id"], name=op.f("fk_theory_arrow_start_id_theory_part"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theory.id"], name=op.f("fk_theory_arrow_theory_id_theory"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_arrow")),
        sa.UniqueConstraint("start_id", "end_id", name=op.f("uq_theory_arrow_start_id_end_id")),
        sa.UniqueConstraint("theory_id", "number", name=op.f("uq_theory_arrow_theory_id_number")),
    )
    with op.batch_alter_table("theory_arrow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_arrow_end_id"), ["end_id"], unique=False)

    op.create_table(
        "theory_part_recommendation",
        sa.Column("theory_part_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_theory_part_recommendation_recommendation_id_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["theory_part_id"],
            ["theory_part.id"],
            name=op.f("fk_theory_part_recommendation_theory_part_id_theory_part"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theory_part_id", "recommendation_id", name=op.f("pk_theory_part_recommendation")),
    )
    with op.batch_alter_table("theory_part_recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_part_recommendation_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "theory_arrow_indicator",
        sa.Column("theory_arrow_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_theory_arrow_indicator_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["theory_arrow_id"],
            ["theory_arrow.id"],
            name=op.f("fk_theory_arrow_indicator_theory_arrow_id_theory_arrow"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theory_arrow_id", "indicator_id", name=op.f("pk_theory_arrow_indicator")),
    )
    with op.batch_alter_table("theory_arrow_indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_arrow_indicator_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "theory_arrow_pilot",
        sa.Column("theory_arrow_id", sa.Uuid(), nullable=False),
        sa.Column("pilot_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_theory_arrow_pilot_pilot_id_pilot")),
        sa.ForeignKeyConstraint(
            ["theory_arrow_id"],
            ["theory_arrow.id"],
            name=op.f("fk_theory_arrow_pilot_theory_arrow_id_theory_arrow"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theory_arrow_id", "pilot_id", name=op.f("pk_theory_arrow_pilot")),
    )
    with op.batch_alter_table("theory_arrow_pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_arrow_pilot_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "theory_part_indicator",
        sa.Column("theory_part_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_theory_part_indicator_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["theory_part_id"],
            ["theory_part.id"],
            name=op.f("fk_theory_part_indicator_theory_part_id_theory_part"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theory_part_id", "indicator_id", name=op.f("pk_theory_part_indicator")),
    )
    with op.batch_alter_table("theory_part_indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_part_indicator_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "theory_part_pilot",
        sa.Column("theory_part_id", sa.Uuid(), nullable=False),
        sa.Column("pilot_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_theory_part_pilot_pilot_id_pilot")),
        sa.ForeignKeyConstraint(
            ["theory_part_id"],
            ["theory_part.id"],
            name=op.f("fk_theory_part_pilot_theory_part_id_theory_part"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theory_part_id", "pilot_id", name=op.f("pk_theory_part_pilot")),
    )
    with op.batch_alter_table("theory_part_pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_part_pilot_pilot_id"), ["pilot_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("theory_part_pilot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_part_pilot_pilot_id"))

    op.drop_table("theory_part_pilot")
    with op.batch_alter_table("theory_part_indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_part_indicator_indicator_id"))

    op.drop_table("theory_part_indicator")
    with op.batch_alter_table("theory_arrow_pilot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_arrow_pilot_pilot_id"))

    op.drop_table("theory_arrow_pilot")
    with op.batch_alter_table("theory_arrow_indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_arrow_indicator_indicator_id"))

    op.drop_table("theory_arrow_indicator")
    with op.batch_alter_table("theory_part_recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_part_recommendation_recommendation_id"))

    op.drop_table("theory_part_recommendation")
    with op.batch_alter_table("theory_arrow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_arrow_end_id"))

    op.drop_table("theory_arrow")
    with op.batch_alter_table("theory_yes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_yes_person_id"))

    op.drop_table("theory_yes")
    op.drop_table("theory_part")
    op.drop_table("theory")
