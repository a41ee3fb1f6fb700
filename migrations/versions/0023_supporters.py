"""Supporters."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("supporter_id", sa.Uuid(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("member_id <> supporter_id", name=op.f("ck_support_is_between_two")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["person.id"], name=op.f("fk_support_member_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["person.id"], name=op.f("fk_support_supporter_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("member_id", "supporter_id", name=op.f("uq_support_member_id_supporter_id")),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_supporter_id"), ["supporter_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_supporter_id"))
        batch_op.drop_index(batch_op.f("ix_support_member_id"))

    op.drop_table("support")
