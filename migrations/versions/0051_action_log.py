"""Saved views of the action log, and logs brought in from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_view_name_is_given")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_view_person_id_name")),
    )
    op.create_table(
        "action_import",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("owners", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_action_import_by_id_person")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_action_import_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_import")),
    )
    with op.batch_alter_table("action_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_import_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_import_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "brought_in",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_brought_in_fingerprint_is_whole")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_brought_in_action_id_action"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["action_import.id"], name=op.f("fk_brought_in_import_id_action_import")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_brought_in_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_in")),
        sa.UniqueConstraint("workstream_id", "fingerprint", name=op.f("uq_brought_in_workstream_id_fingerprint")),
    )
    with op.batch_alter_table("brought_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brought_in_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_brought_in_import_id"), ["import_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("brought_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brought_in_import_id"))
        batch_op.drop_index(batch_op.f("ix_brought_in_action_id"))

    op.drop_table("brought_in")
    with op.batch_alter_table("action_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_import_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_action_import_by_id"))

    op.drop_table("action_import")
    op.drop_table("saved_view")
