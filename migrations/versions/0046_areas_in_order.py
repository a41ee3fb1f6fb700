"""Priority areas in the order a steering group gave them, and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area_set_aside",
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_area_set_aside_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_area_set_aside_by_id_person")),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_area_set_aside_priority_id_priority")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_set_aside")),
    )
    with op.batch_alter_table("area_set_aside", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_set_aside_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_set_aside_priority_id"), ["priority_id"], unique=False)

    op.create_table(
        "ordering",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_ordering_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_ordering_by_id_person")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_ordering_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordering")),
        sa.UniqueConstraint("workstream_id", "number", name=op.f("uq_ordering_workstream_id_number")),
    )
    with op.batch_alter_table("ordering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ordering_by_id"), ["by_id"], unique=False)

    op.create_table(
        "taken_area",
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_taken_area_priority_id_priority")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_taken_area_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_area")),
        sa.UniqueConstraint("priority_id", "workstream_id", name=op.f("uq_taken_area_priority_id_workstream_id")),
    )
    with op.batch_alter_table("taken_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taken_area_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("ordering_id", sa.Uuid(), nullable=False),
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("place > 0", name=op.f("ck_place_place_counts")),
        sa.ForeignKeyConstraint(["ordering_id"], ["ordering.id"], name=op.f("fk_place_ordering_id_ordering")),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_place_priority_id_priority")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("ordering_id", "place", name=op.f("uq_place_ordering_id_place")),
        sa.UniqueConstraint("ordering_id", "priority_id", name=op.f("uq_place_ordering_id_priority_id")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_priority_id"), ["priority_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("gathering_id", sa.Uuid(), nullable=True),
        sa.Column("let_go_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("gathering_id IS NULL OR let_go_on IS NULL", name=op.f("ck_proposal_ends_once")),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_proposal_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposal_by_id_person")),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_proposal_gathering_id_gathering")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_proposal_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("gathering_id", name=op.f("uq_proposal_gathering_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_workstream_id"), ["workstream_id"], unique=False)

    for name, other, table in (
        ("proposal_area", "priority_id", "priority"),
        ("proposal_group", "workstream_id", "workstream"),
    ):
        op.create_table(
            name,
            sa.Column("proposal_id", sa.Uuid(), nullable=False),
            sa.Column(other, sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f(f"fk_{name}_proposal_id_proposal")),
            sa.ForeignKeyConstraint([other], [f"{table}.id"], name=op.f(f"fk_{name}_{other}_{table}")),
            sa.PrimaryKeyConstraint("proposal_id", other, name=op.f(f"pk_{name}")),
        )
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{name}_{other}"), [other], unique=False)


def downgrade() -> None:
    for name, other in (("proposal_group", "workstream_id"), ("proposal_area", "priority_id")):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{name}_{other}"))

        op.drop_table(name)
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_by_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_priority_id"))

    op.drop_table("place")
    with op.batch_alter_table("taken_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_taken_area_workstream_id"))

    op.drop_table("taken_area")
    with op.batch_alter_table("ordering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ordering_by_id"))

    op.drop_table("ordering")
    with op.batch_alter_table("area_set_aside", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_set_aside_priority_id"))
        batch_op.drop_index(batch_op.f("ix_area_set_aside_by_id"))

    op.drop_table("area_set_aside")
