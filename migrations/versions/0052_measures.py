"""Definition sheets, readings that wait for a second person, phases and events of a measure."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("numerator", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("denominator", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("how_often", sa.String(length=40), nullable=False, server_default="month"))
        batch_op.add_column(sa.Column("groups", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("told", sa.Text(), nullable=False, server_default=""))
    for table in ("reading", "correction"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("parts", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "proposed_reading",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "by_id <> settled_by_id OR state = 'taken back'", name=op.f("ck_proposed_reading_second_person")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposed_reading_by_id_person")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_proposed_reading_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_proposed_reading_settled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_reading")),
    )
    with op.batch_alter_table("proposed_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposed_reading_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposed_reading_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposed_reading_settled_by_id"), ["settled_by_id"], unique=False)

    op.create_table(
        "new_phase",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_new_phase_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_new_phase_by_id_person")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_new_phase_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_phase")),
        sa.UniqueConstraint("indicator_id", "starts", name=op.f("uq_new_phase_indicator_id_starts")),
    )
    with op.batch_alter_table("new_phase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_new_phase_by_id"), ["by_id"], unique=False)

    op.create_table(
        "chart_event",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_chart_event_says_what")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_chart_event_by_id_person")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_chart_event_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_event")),
    )
    with op.batch_alter_table("chart_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chart_event_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_chart_event_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "former_definition",
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_former_definition_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_former_definition_by_id_person")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_former_definition_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_definition")),
        sa.UniqueConstraint("indicator_id", "number", name=op.f("uq_former_definition_indicator_id_number")),
    )
    with op.batch_alter_table("former_definition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_definition_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("former_definition")
    op.drop_table("chart_event")
    op.drop_table("new_phase")
    op.drop_table("proposed_reading")
    for table in ("correction", "reading"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("parts")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        for column in ("told", "groups", "how_often", "denominator", "numerator"):
            batch_op.drop_column(column)
