"""Groups that come together."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gathering",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_gathering_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
        sa.UniqueConstraint("workstream_id", name=op.f("uq_gathering_workstream_id")),
    )
    op.create_table(
        "origin",
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_origin_gathering_id_gathering"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_origin_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
        sa.UniqueConstraint("gathering_id", "workstream_id", name=op.f("uq_origin_gathering_id_workstream_id")),
    )
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_origin_workstream_id"), ["workstream_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_origin_workstream_id"))

    op.drop_table("origin")
    op.drop_table("gathering")
