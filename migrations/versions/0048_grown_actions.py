"""Actions with numbers, notes, repeats and the session they come from."""

from datetime import UTC
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

ACTION = sa.table(
    "action",
    sa.column("id", sa.Uuid()),
    sa.column("workstream_id", sa.Uuid()),
    sa.column("opened_on", sa.Date()),
    sa.column("number", sa.Integer()),
    sa.column("state", sa.String()),
    sa.column("settled_on", sa.Date()),
)
ENTRY = sa.table(
    "journal_entry",
    sa.column("at", sa.DateTime()),
    sa.column("verb", sa.Text()),
    sa.column("subject", sa.Text()),
    sa.column("subject_id", sa.Uuid()),
)
SETTLED = {"done": "agreed done", "cancelled": "cancelled"}
HERE = ZoneInfo("Europe/London")


def _number_them() -> None:
    """Give those that are there already their numbers, in the order in which they were opened."""
    connection, last = op.get_bind(), dict[UUID, int]()
    found = sa.select(ACTION.c.id, ACTION.c.workstream_id).order_by(ACTION.c.opened_on, ACTION.c.id)
    for key, table in connection.execute(found).all():
        last[table] = last.get(table, 0) + 1
        connection.execute(sa.update(ACTION).where(ACTION.c.id == key).values(number=last[table]))


def _say_when_they_were_settled() -> None:
    """Give those that are done or cancelled the day the journal last tells of; where it tells of none, none is known."""
    connection = op.get_bind()
    told = sa.func.max(ENTRY.c.at)
    for state, verb in SETTLED.items():
        which = ACTION.c.state == state, ENTRY.c.subject == "action", ENTRY.c.verb == verb
        found = sa.select(ACTION.c.id, told).join(ENTRY, ENTRY.c.subject_id == ACTION.c.id).where(*which)
        for key, at in connection.execute(found.group_by(ACTION.c.id)).all():
            day = at.replace(tzinfo=UTC).astimezone(HERE).date()
            connection.execute(sa.update(ACTION).where(ACTION.c.id == key).values(settled_on=day))


def upgrade() -> None:
    op.create_table(
        "action_note",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_action_note_words_are_given")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_note_action_id_action")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_action_note_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_note")),
        sa.UniqueConstraint("action_id", "number", name=op.f("uq_action_note_action_id_number")),
    )
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_note_by_id"), ["by_id"], unique=False)

    op.create_table(
        "outside_owner",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.Column("named_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_outside_owner_named_by_id_person")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outside_owner_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_owner")),
        sa.UniqueConstraint("email", name=op.f("uq_outside_owner_email")),
        sa.UniqueConstraint("person_id", name=op.f("uq_outside_owner_person_id")),
    )
    with op.batch_alter_table("outside_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_owner_named_by_id"), ["named_by_id"], unique=False)

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("series_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("handed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agreed_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("settled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("repeats", sa.String(length=40), server_default="once", nullable=False))
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("session_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_action_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_session_id"), ["session_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_action_follows_id"), ["follows_id"])
        batch_op.create_foreign_key(batch_op.f("fk_action_follows_id_action"), "action", ["follows_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_action_agreed_by_id_person"), "person", ["agreed_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_action_session_id_session"), "session", ["session_id"], ["id"])

    _number_them()
    _say_when_they_were_settled()
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_action_workstream_id_number"), ["workstream_id", "number"])
        batch_op.create_check_constraint(
            batch_op.f("ck_action_a_second_person_agrees"), "agreed_by_id <> said_done_by_id"
        )


def downgrade() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_action_a_second_person_agrees"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_action_session_id_session"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_action_agreed_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_action_follows_id_action"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_action_workstream_id_number"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_action_follows_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_action_session_id"))
        batch_op.drop_index(batch_op.f("ix_action_due"))
        batch_op.drop_column("session_id")
        batch_op.drop_column("follows_id")
        batch_op.drop_column("repeats")
        batch_op.drop_column("settled_on")
        batch_op.drop_column("agreed_by_id")
        batch_op.drop_column("handed_on")
        batch_op.drop_column("series_from")
        batch_op.drop_column("number")

    with op.batch_alter_table("outside_owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_owner_named_by_id"))

    op.drop_table("outside_owner")
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_note_by_id"))

    op.drop_table("action_note")
