"""Open seats, how people leave, and the separation check."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "separation_request",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_separation_request_words_are_given")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_separation_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separation_request")),
    )
    with op.batch_alter_table("separation_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_separation_request_person_id"), ["person_id"], unique=False)

    op.create_table(
        "separation_check",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_separation_check_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_separation_check_membership_id_membership"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separation_check")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_separation_check_membership_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_on", sa.Date(), server_default="2020-01-01", nullable=False))
        batch_op.add_column(sa.Column("said_yes", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("wants_a_call", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("words", sa.String(length=40), nullable=True))

    with op.batch_alter_table("workstream", schema=None) as batch_op:
        batch_op.add_column(sa.Column("open_seats", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(
            sa.Column("step", sa.String(length=40), server_default="you decide with us", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("workstream", schema=None) as batch_op:
        batch_op.drop_column("step")
        batch_op.drop_column("open_seats")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("words")
        batch_op.drop_column("left_on")
        batch_op.drop_column("wants_a_call")
        batch_op.drop_column("said_yes")
        batch_op.drop_column("asked_on")

    op.drop_table("separation_check")
    with op.batch_alter_table("separation_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_separation_request_person_id"))

    op.drop_table("separation_request")
