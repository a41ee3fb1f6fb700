"""Templates of cycles and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_template_name_is_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_template_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
    )
    with op.batch_alter_table("template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_template_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "template_item",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("outcome_wanted", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_hard", sa.Boolean(), nullable=False),
        sa.Column("content_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_template_item_minutes_count")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["template.id"], name=op.f("fk_template_item_template_id_template"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_item")),
        sa.UniqueConstraint("template_id", "position", name=op.f("uq_template_item_template_id_position")),
    )
    op.create_table(
        "template_step",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"], ["template.id"], name=op.f("fk_template_step_template_id_template"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_step")),
        sa.UniqueConstraint(
            "template_id", "stage", "position", name=op.f("uq_template_step_template_id_stage_position")
        ),
    )
    op.create_table(
        "template_week",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("outline_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_template_week_number_count")),
        sa.CheckConstraint("phase BETWEEN 1 AND 3", name=op.f("ck_template_week_phase_is_one")),
        sa.ForeignKeyConstraint(
            ["outline_id"], ["template.id"], name=op.f("fk_template_week_outline_id_template"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["template.id"], name=op.f("fk_template_week_template_id_template"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_week")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_template_week_template_id_number")),
    )
    with op.batch_alter_table("template_week", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_template_week_outline_id"), ["outline_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("template_week", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_template_week_outline_id"))

    op.drop_table("template_week")
    op.drop_table("template_step")
    op.drop_table("template_item")
    with op.batch_alter_table("template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_template_owner_id"))

    op.drop_table("template")
