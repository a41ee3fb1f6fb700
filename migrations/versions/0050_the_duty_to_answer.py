"""Agendas, minutes, interests, who decided, and the group's answer."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "terms_of_reference",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("deciding", sa.Text(), nullable=False),
        sa.Column("meeting_often", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(purpose) > 0", name=op.f("ck_terms_of_reference_purpose_is_given")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_terms_of_reference_by_id_person")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_terms_of_reference_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_of_reference")),
        sa.UniqueConstraint("workstream_id", "number", name=op.f("uq_terms_of_reference_workstream_id_number")),
    )
    with op.batch_alter_table("terms_of_reference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_terms_of_reference_by_id"), ["by_id"], unique=False)

    op.create_table(
        "attended",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attended_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_attended_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "membership_id", name=op.f("pk_attended")),
    )
    with op.batch_alter_table("attended", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attended_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "contest",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("raised_by_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_contest_says_why")),
        sa.CheckConstraint("sent_by_id <> raised_by_id", name=op.f("ck_contest_two_people_send_it")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_contest_decision_id_decision")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_contest_raised_by_id_person")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_contest_sent_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
    )
    with op.batch_alter_table("contest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contest_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contest_raised_by_id"), ["raised_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contest_sent_by_id"), ["sent_by_id"], unique=False)

    op.create_table(
        "decision_taker",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_taker_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_decision_taker_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("decision_id", "membership_id", name=op.f("pk_decision_taker")),
    )
    with op.batch_alter_table("decision_taker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_taker_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "group_accepts",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_group_accepts_by_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_group_accepts_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_accepts")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_group_accepts_decision_id")),
    )
    with op.batch_alter_table("group_accepts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_accepts_by_id"), ["by_id"], unique=False)

    op.create_table(
        "group_question",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_group_question_words_are_given")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_group_question_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_group_question_by_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_group_question_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_question")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_group_question_decision_id_number")),
    )
    with op.batch_alter_table("group_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_question_answered_by_id"), ["answered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_question_by_id"), ["by_id"], unique=False)

    op.create_table(
        "meeting_item",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("recommendation_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'something else' OR thing_id IS NULL", name=op.f("ck_meeting_item_something_else_is_nothing_known")
        ),
        sa.CheckConstraint(
            "state <> 'taken off' OR length(outcome) > 0", name=op.f("ck_meeting_item_taken_off_says_why")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_meeting_item_title_is_given")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_meeting_item_minutes_are_sensible")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_meeting_item_decision_id_decision")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_item_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_meeting_item_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_item")),
        sa.UniqueConstraint("meeting_id", "kind", "thing_id", name=op.f("uq_meeting_item_meeting_id_kind_thing_id")),
    )
    with op.batch_alter_table("meeting_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_item_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_item_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "item_interest",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("leaves", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_item_interest_says_what")),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_item_interest_item_id_meeting_item")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_item_interest_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_interest")),
        sa.UniqueConstraint("item_id", "membership_id", name=op.f("uq_item_interest_item_id_membership_id")),
    )
    with op.batch_alter_table("item_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_interest_membership_id"), ["membership_id"], unique=False)

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("funding_board", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("funding_ask", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("why_undecided", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("minutes_state", sa.String(length=40), server_default="draft", nullable=False))
        batch_op.add_column(sa.Column("minutes_notes", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("minutes_approved_at_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_meeting_minutes_approved_at_id"), ["minutes_approved_at_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_minutes_approved_at_id_meeting"), "meeting", ["minutes_approved_at_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_minutes_approved_at_id_meeting"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_meeting_minutes_approved_at_id"))
        batch_op.drop_column("minutes_approved_at_id")
        batch_op.drop_column("minutes_notes")
        batch_op.drop_column("minutes_state")
        batch_op.drop_column("why_undecided")
        batch_op.drop_column("closed_on")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("funding_ask")
        batch_op.drop_column("funding_board")

    with op.batch_alter_table("item_interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_interest_membership_id"))

    op.drop_table("item_interest")
    with op.batch_alter_table("meeting_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_item_recommendation_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_item_decision_id"))

    op.drop_table("meeting_item")
    with op.batch_alter_table("group_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_question_by_id"))
        batch_op.drop_index(batch_op.f("ix_group_question_answered_by_id"))

    op.drop_table("group_question")
    with op.batch_alter_table("group_accepts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_accepts_by_id"))

    op.drop_table("group_accepts")
    with op.batch_alter_table("decision_taker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_taker_membership_id"))

    op.drop_table("decision_taker")
    with op.batch_alter_table("contest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contest_sent_by_id"))
        batch_op.drop_index(batch_op.f("ix_contest_raised_by_id"))
        batch_op.drop_index(batch_op.f("ix_contest_decision_id"))

    op.drop_table("contest")
    with op.batch_alter_table("attended", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attended_membership_id"))

    op.drop_table("attended")
    with op.batch_alter_table("terms_of_reference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_terms_of_reference_by_id"))

    op.drop_table("terms_of_reference")
