"""What helps people to come."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "needs",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("helps", sa.JSON(), nullable=False),
        sa.Column("places_in_creche", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("food", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("places_in_creche >= 0 AND places_in_creche <= 12", name=op.f("ck_needs_places_count")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_needs_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("person_id", name=op.f("uq_needs_person_id")),
    )
    op.create_table(
        "never_time",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("weekday >= 0 AND weekday <= 6", name=op.f("ck_never_time_weekday_is_one")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_never_time_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_never_time")),
        sa.UniqueConstraint("person_id", "weekday", "part", name=op.f("uq_never_time_person_id_weekday_part")),
    )
    with op.batch_alter_table("never_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_never_time_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("never_time", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_never_time_person_id"))

    op.drop_table("never_time")
    op.drop_table("needs")
