"""Principles and priorities."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "principle",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_principle_number_counts")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_principle_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principle")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_principle_programme_id_number")),
    )
    op.create_table(
        "priority",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_priority_number_counts")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_priority_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_priority_programme_id_number")),
    )
    op.create_table(
        "priority_principle",
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("principle_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["principle_id"], ["principle.id"], name=op.f("fk_priority_principle_principle_id_principle")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_priority_principle_priority_id_priority")
        ),
        sa.PrimaryKeyConstraint("priority_id", "principle_id", name=op.f("pk_priority_principle")),
    )
    with op.batch_alter_table("priority_principle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priority_principle_principle_id"), ["principle_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("priority_principle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priority_principle_principle_id"))

    op.drop_table("priority_principle")
    op.drop_table("priority")
    op.drop_table("principle")
