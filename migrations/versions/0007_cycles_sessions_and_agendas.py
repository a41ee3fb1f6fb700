"""Cycles, sessions and agendas."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cycle",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("skips_school_holidays", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_cycle_minutes_count")),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_cycle_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("workstream_id", "number", name=op.f("uq_cycle_workstream_id_number")),
    )
    op.create_table(
        "session",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("begins", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("phase_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_session_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_session_phase_id_phase")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_session_cycle_id_number")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_on"), ["on"], unique=False)

    op.create_table(
        "skipped_week",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_skipped_week_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skipped_week")),
        sa.UniqueConstraint("cycle_id", "on", name=op.f("uq_skipped_week_cycle_id_on")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=True),
        sa.Column("outcome_wanted", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_hard", sa.Boolean(), nullable=False),
        sa.Column("content_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_agenda_item_minutes_count")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_agenda_item_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("session_id", "position", name=op.f("uq_agenda_item_session_id_position")),
    )


def downgrade() -> None:
    op.drop_table("agenda_item")
    op.drop_table("skipped_week")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_on"))

    op.drop_table("session")
    op.drop_table("cycle")
