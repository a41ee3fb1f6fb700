"""What groups make: versions, trials, launches, uses."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "output",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("launch_planned", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_output_name_is_given")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_output_recommendation_id_recommendation")
        ),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_output_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output")),
        sa.UniqueConstraint("workstream_id", "name", name=op.f("uq_output_workstream_id_name")),
    )
    with op.batch_alter_table("output", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_output_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "output_launch",
        sa.Column("output_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("planned", sa.Date(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_output_launch_output_id_output")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output_launch")),
        sa.UniqueConstraint("output_id", "number", name=op.f("uq_output_launch_output_id_number")),
    )
    op.create_table(
        "output_use",
        sa.Column("output_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(place) > 0", name=op.f("ck_output_use_place_is_given")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_output_use_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_output_use_output_id_output")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output_use")),
    )
    with op.batch_alter_table("output_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_output_use_output_id"), ["output_id"], unique=False)

    op.create_table(
        "output_version",
        sa.Column("output_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_output_version_file_id_stored_file")),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_output_version_output_id_output")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output_version")),
        sa.UniqueConstraint("output_id", "number", name=op.f("uq_output_version_output_id_number")),
    )
    with op.batch_alter_table("output_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_output_version_file_id"), ["file_id"], unique=False)

    op.create_table(
        "trial",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(who) > 0", name=op.f("ck_trial_says_who")),
        sa.ForeignKeyConstraint(["version_id"], ["output_version.id"], name=op.f("fk_trial_version_id_output_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trial_version_id"), ["version_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trial_version_id"))

    op.drop_table("trial")
    with op.batch_alter_table("output_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_output_version_file_id"))

    op.drop_table("output_version")
    with op.batch_alter_table("output_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_output_use_output_id"))

    op.drop_table("output_use")
    op.drop_table("output_launch")
    with op.batch_alter_table("output", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_output_recommendation_id"))

    op.drop_table("output")
