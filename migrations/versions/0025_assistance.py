"""What was done for a member who asked."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assisted",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assisted_by_id_person")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["person.id"], name=op.f("fk_assisted_member_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisted")),
    )
    with op.batch_alter_table("assisted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assisted_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("assisted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assisted_member_id"))

    op.drop_table("assisted")
