"""What changed, in people's words: told after a recommendation or a pilot."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("testimony_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("test_cycle_id", sa.Uuid(), nullable=True),
        sa.Column("turn", sa.String(length=40), nullable=False),
        sa.Column("how_much", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("to_change", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'sent back' OR length(to_change) > 0", name=op.f("ck_story_sent_back_says_what_to_change")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_story_recommendation_id_recommendation")
        ),
        sa.ForeignKeyConstraint(["test_cycle_id"], ["test_cycle.id"], name=op.f("fk_story_test_cycle_id_test_cycle")),
        sa.ForeignKeyConstraint(["testimony_id"], ["testimony.id"], name=op.f("fk_story_testimony_id_testimony")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("testimony_id", name=op.f("uq_story_testimony_id")),
    )
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_recommendation_id"), ["recommendation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_test_cycle_id"), ["test_cycle_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_test_cycle_id"))
        batch_op.drop_index(batch_op.f("ix_story_recommendation_id"))

    op.drop_table("story")
