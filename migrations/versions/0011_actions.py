"""Actions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("said_done_by_id", sa.Uuid(), nullable=True),
        sa.Column("recommendation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_action_what_is_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_action_owner_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_action_recommendation_id_recommendation")
        ),
        sa.ForeignKeyConstraint(["said_done_by_id"], ["person.id"], name=op.f("fk_action_said_done_by_id_person")),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_action_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_recommendation_id"), ["recommendation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "due_change",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("now", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_due_change_reason_is_given")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_due_change_action_id_action")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_due_change_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_change")),
        sa.UniqueConstraint("action_id", "number", name=op.f("uq_due_change_action_id_number")),
    )


def downgrade() -> None:
    op.drop_table("due_change")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_action_recommendation_id"))
        batch_op.drop_index(batch_op.f("ix_action_owner_id"))

    op.drop_table("action")
