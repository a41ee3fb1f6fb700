"""Access reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_review",
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_access_review_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review")),
        sa.UniqueConstraint("began_on", name=op.f("uq_access_review_began_on")),
    )
    op.create_table(
        "review_line",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("keep", sa.Boolean(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_line_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["access_review.id"], name=op.f("fk_review_line_review_id_access_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "person_id", name=op.f("pk_review_line")),
    )
    with op.batch_alter_table("review_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_line_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("review_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_line_person_id"))

    op.drop_table("review_line")
    op.drop_table("access_review")
