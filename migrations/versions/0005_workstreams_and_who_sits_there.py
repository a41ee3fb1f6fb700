"""Workstreams and who sits there."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_check",
        sa.Column("professional_id", sa.Uuid(), nullable=False),
        sa.Column("lived_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("professional_id <> lived_id", name=op.f("ck_case_check_is_between_two")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_case_check_confirmed_by_id_person")),
        sa.ForeignKeyConstraint(["lived_id"], ["person.id"], name=op.f("fk_case_check_lived_id_person")),
        sa.ForeignKeyConstraint(["professional_id"], ["person.id"], name=op.f("fk_case_check_professional_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_check")),
        sa.UniqueConstraint("professional_id", "lived_id", name=op.f("uq_case_check_professional_id_lived_id")),
    )
    with op.batch_alter_table("case_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_check_lived_id"), ["lived_id"], unique=False)

    op.create_table(
        "workstream",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("neutral_name", sa.Text(), nullable=False),
        sa.Column("open_ended", sa.Boolean(), nullable=False),
        sa.Column("lived_experience", sa.Integer(), nullable=True),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_workstream_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workstream")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_workstream_programme_id_name")),
    )
    op.create_table(
        "membership",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_membership_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("workstream_id", "person_id", name=op.f("uq_membership_workstream_id_person_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "run",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_run_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("workstream_id", "number", name=op.f("uq_run_workstream_id_number")),
    )


def downgrade() -> None:
    op.drop_table("run")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))

    op.drop_table("membership")
    op.drop_table("workstream")
    with op.batch_alter_table("case_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_check_lived_id"))

    op.drop_table("case_check")
