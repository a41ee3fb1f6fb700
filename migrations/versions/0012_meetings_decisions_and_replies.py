"""Meetings, decisions and replies."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_meeting_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("workstream_id", "on", name=op.f("uq_meeting_workstream_id_on")),
    )
    op.create_table(
        "decision",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("would_change", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("wants_pilot", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("members_present", sa.Integer(), nullable=False),
        sa.Column("lived_present", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'accept with changes' OR length(changes) > 0", name=op.f("ck_decision_changes_are_said")
        ),
        sa.CheckConstraint(
            "verdict <> 'decline' OR length(would_change) > 0",
            name=op.f("ck_decision_declined_says_what_would_change_it"),
        ),
        sa.CheckConstraint("verdict <> 'defer' OR until IS NOT NULL", name=op.f("ck_decision_deferred_has_a_date")),
        sa.CheckConstraint(
            "verdict <> 'refer back' OR length(question) > 0", name=op.f("ck_decision_referred_back_has_a_question")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_decision_reason_is_given")),
        sa.ForeignKeyConstraint(["corrects_id"], ["decision.id"], name=op.f("fk_decision_corrects_id_decision")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_decision_recommendation_id_recommendation")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_decision_recorded_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_number")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_presence_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_presence_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "membership_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "decision_action",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_decision_action_action_id_action")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_action_decision_id_decision")),
        sa.PrimaryKeyConstraint("decision_id", "action_id", name=op.f("pk_decision_action")),
    )
    with op.batch_alter_table("decision_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_action_action_id"), ["action_id"], unique=False)

    op.create_table(
        "reply",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_reply_by_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_reply_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_reply_decision_id")),
    )


def downgrade() -> None:
    op.drop_table("reply")
    with op.batch_alter_table("decision_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_action_action_id"))

    op.drop_table("decision_action")
    op.drop_table("presence")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_recommendation_id"))

    op.drop_table("decision")
    op.drop_table("meeting")
