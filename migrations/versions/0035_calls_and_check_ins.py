"""Calls back, check-ins, calls on the next day."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_back",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["person.id"], name=op.f("fk_call_back_asked_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_call_back_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
    )
    with op.batch_alter_table("call_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_back_asked_id"), ["asked_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_back_person_id"), ["person_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("feeling", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) <= 300", name=op.f("ck_check_in_words_are_few")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_check_in_session_id_session"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_check_in_to_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("session_id", "person_id", "moment", name=op.f("uq_check_in_session_id_person_id_moment")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_to_id"), ["to_id"], unique=False)

    op.create_table(
        "check_in_call",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_call_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_check_in_call_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_call")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_check_in_call_session_id_person_id")),
    )
    with op.batch_alter_table("check_in_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_call_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("check_in_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_call_person_id"))

    op.drop_table("check_in_call")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_to_id"))
        batch_op.drop_index(batch_op.f("ix_check_in_person_id"))

    op.drop_table("check_in")
    with op.batch_alter_table("call_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_back_person_id"))
        batch_op.drop_index(batch_op.f("ix_call_back_asked_id"))

    op.drop_table("call_back")
