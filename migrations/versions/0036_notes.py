"""Notes of sessions, their versions and corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("with_members_on", sa.Date(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_notes_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("session_id", name=op.f("uq_notes_session_id")),
    )
    op.create_table(
        "item_note",
        sa.Column("notes_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_item_note_version_count")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_note_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["notes_id"], ["notes.id"], name=op.f("fk_item_note_notes_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_note")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_note_item_id")),
    )
    with op.batch_alter_table("item_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_note_notes_id"), ["notes_id"], unique=False)

    op.create_table(
        "note_correction",
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_note_correction_words_are_given")),
        sa.ForeignKeyConstraint(["part_id"], ["item_note.id"], name=op.f("fk_note_correction_part_id_item_note")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_correction_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_correction")),
    )
    with op.batch_alter_table("note_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_correction_part_id"), ["part_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_correction_person_id"), ["person_id"], unique=False)

    op.create_table(
        "note_version",
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_note_version_by_id_person")),
        sa.ForeignKeyConstraint(["part_id"], ["item_note.id"], name=op.f("fk_note_version_part_id_item_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_version")),
        sa.UniqueConstraint("part_id", "number", name=op.f("uq_note_version_part_id_number")),
    )


def downgrade() -> None:
    op.drop_table("note_version")
    with op.batch_alter_table("note_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_correction_person_id"))
        batch_op.drop_index(batch_op.f("ix_note_correction_part_id"))

    op.drop_table("note_correction")
    with op.batch_alter_table("item_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_note_notes_id"))

    op.drop_table("item_note")
    op.drop_table("notes")
