"""Secret votes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("lived_on_roll", sa.Integer(), nullable=False),
        sa.Column("professionals_on_roll", sa.Integer(), nullable=False),
        sa.Column("shown_of_lived", sa.String(length=40), nullable=False),
        sa.Column("shown_of_professionals", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') OR (public_key IS NOT NULL) OR (state = 'void')",
            name=op.f("ck_poll_open_polls_have_a_key"),
        ),
        sa.CheckConstraint("lived_on_roll >= 0 AND professionals_on_roll >= 0", name=op.f("ck_poll_roll_sizes_count")),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_poll_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "result",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lived", sa.Text(), nullable=False),
        sa.Column("professionals", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_result_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_result")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_entry_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_roll_entry_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_roll_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_worry",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_sealed_worry_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_worry")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("sealed_worry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_worry_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "worry",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_worry_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worry")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("worry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worry_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "envelope",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "person_id"], ["roll_entry.poll_id", "roll_entry.person_id"], name="fk_envelope_roll_entry"
        ),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_envelope")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("envelope")
    with op.batch_alter_table("worry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worry_poll_id"))

    op.drop_table("worry")
    with op.batch_alter_table("sealed_worry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_worry_poll_id"))

    op.drop_table("sealed_worry")
    op.drop_table("roll_entry")
    op.drop_table("result")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_workstream_id"))

    op.drop_table("poll")
