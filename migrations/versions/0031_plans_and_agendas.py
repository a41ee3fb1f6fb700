"""Steps before and after, dialling in, papers, carried items, suggested items."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_step",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_plan_step_title_is_given")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_plan_step_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
        sa.UniqueConstraint("cycle_id", "stage", "position", name=op.f("uq_plan_step_cycle_id_stage_position")),
    )
    op.create_table(
        "suggested_item",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_suggested_item_words_are_given")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_suggested_item_item_id_agenda_item"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_suggested_item_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_suggested_item_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_item")),
        sa.UniqueConstraint("item_id", name=op.f("uq_suggested_item_item_id")),
    )
    with op.batch_alter_table("suggested_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggested_item_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggested_item_workstream_id"), ["workstream_id"], unique=False)

    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("papers", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("was_asked_for", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("carried_from_id", sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_agenda_item_carried_from_id"), ["carried_from_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_item_carried_from_id_agenda_item"), "agenda_item", ["carried_from_id"], ["id"]
        )

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dial_in", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("dial_in")

    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agenda_item_carried_from_id_agenda_item"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_agenda_item_carried_from_id"), type_="unique")
        batch_op.drop_column("carried_from_id")
        batch_op.drop_column("was_asked_for")
        batch_op.drop_column("papers")

    with op.batch_alter_table("suggested_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggested_item_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_suggested_item_person_id"))

    op.drop_table("suggested_item")
    op.drop_table("plan_step")
