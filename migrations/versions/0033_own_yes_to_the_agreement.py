"""Each member's yes, changes asked for, breach notes."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "breach_note",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("seen_to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'seen to') = (seen_to_on IS NOT NULL)", name=op.f("ck_breach_note_seen_to_on_a_day")
        ),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_breach_note_words_are_given")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_breach_note_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_breach_note_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_note")),
    )
    with op.batch_alter_table("breach_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_note_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_breach_note_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "agreement_yes",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_yes_agreement_id_agreement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_yes_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("agreement_id", "person_id", name=op.f("pk_agreement_yes")),
    )
    with op.batch_alter_table("agreement_yes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_yes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "change_asked",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("taken_into_id", sa.Uuid(), nullable=True),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'taken') = (taken_into_id IS NOT NULL)", name=op.f("ck_change_asked_taken_into_a_version")
        ),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_change_asked_words_are_given")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_change_asked_agreement_id_agreement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["taken_into_id"],
            ["agreement.id"],
            name=op.f("fk_change_asked_taken_into_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_asked")),
    )
    with op.batch_alter_table("change_asked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_asked_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_asked_taken_into_id"), ["taken_into_id"], unique=False)

    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reviewed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_column("reviewed_on")

    with op.batch_alter_table("change_asked", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_asked_taken_into_id"))
        batch_op.drop_index(batch_op.f("ix_change_asked_agreement_id"))

    op.drop_table("change_asked")
    with op.batch_alter_table("agreement_yes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_yes_person_id"))

    op.drop_table("agreement_yes")
    with op.batch_alter_table("breach_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_note_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_breach_note_person_id"))

    op.drop_table("breach_note")
