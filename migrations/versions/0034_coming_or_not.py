"""Who comes, and what is arranged."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arranged",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_arranged_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_arranged_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", "what", name=op.f("pk_arranged")),
    )
    with op.batch_alter_table("arranged", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arranged_person_id"), ["person_id"], unique=False)

    op.create_table(
        "coming",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("needs_lift", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ring_me", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rung", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_coming_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_coming_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_coming")),
    )
    with op.batch_alter_table("coming", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coming_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("coming", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coming_person_id"))

    op.drop_table("coming")
    with op.batch_alter_table("arranged", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arranged_person_id"))

    op.drop_table("arranged")
