"""What is to be sent to whom, and how people may be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wording",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("purpose", name=op.f("uq_wording_purpose")),
    )
    op.create_table(
        "message",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.DateTime(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("tries >= 0 AND unsure >= 0 AND unsure <= tries", name=op.f("ck_message_tries_count")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_message_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "purpose", "person_id", "thing_id", "due", name=op.f("uq_message_purpose_person_id_thing_id_due")
        ),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_state"), ["state"], unique=False)

    op.create_table(
        "reach",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("phone_is_safe", sa.Boolean(), nullable=True),
        sa.Column("phone_is_shared", sa.Boolean(), nullable=True),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reach_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
        sa.UniqueConstraint("person_id", name=op.f("uq_reach_person_id")),
    )


def downgrade() -> None:
    op.drop_table("reach")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_state"))
        batch_op.drop_index(batch_op.f("ix_message_person_id"))
        batch_op.drop_index(batch_op.f("ix_message_due"))

    op.drop_table("message")
    op.drop_table("wording")
