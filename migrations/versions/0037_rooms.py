"""What is on now in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("temperature", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("turn >= 0", name=op.f("ck_room_turn_count")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_room_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_room_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("session_id", name=op.f("uq_room_session_id")),
    )


def downgrade() -> None:
    op.drop_table("room")
