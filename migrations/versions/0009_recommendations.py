"""Recommendations."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recommendation",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("steering_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("practice_elsewhere", sa.Text(), nullable=False),
        sa.Column("stories", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("owner_wanted", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("presenter", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_as", sa.Text(), nullable=False),
        sa.Column("why_sent", sa.Text(), nullable=False),
        sa.Column("contested_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_recommendation_title_is_given")),
        sa.ForeignKeyConstraint(
            ["steering_id"], ["workstream.id"], name=op.f("fk_recommendation_steering_id_workstream")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_recommendation_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("steering_id", "number", name=op.f("uq_recommendation_steering_id_number")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "recommendation_priority",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_recommendation_priority_priority_id_priority")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_priority_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "priority_id", name=op.f("pk_recommendation_priority")),
    )
    with op.batch_alter_table("recommendation_priority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_priority_priority_id"), ["priority_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_round_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_round_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_round_poll_id")),
        sa.UniqueConstraint("recommendation_id", "number", name=op.f("uq_round_recommendation_id_number")),
    )
    op.create_table(
        "version",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_version_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("recommendation_id", "number", name=op.f("uq_version_recommendation_id_number")),
    )


def downgrade() -> None:
    op.drop_table("version")
    op.drop_table("round")
    with op.batch_alter_table("recommendation_priority", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_priority_priority_id"))

    op.drop_table("recommendation_priority")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_workstream_id"))

    op.drop_table("recommendation")
