"""Principles that are ratified, dated and versioned."""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PRINCIPLE = sa.table("principle", sa.column("id", sa.Uuid()), sa.column("wording"), sa.column("is_example"))
VERSION = sa.table(
    "principle_version",
    sa.column("id", sa.Uuid()),
    sa.column("principle_id", sa.Uuid()),
    sa.column("number"),
    sa.column("wording"),
    sa.column("is_example", sa.Boolean()),
    sa.column("on", sa.Date()),
)


def _keep_first_versions() -> None:
    connection = op.get_bind()
    for key, wording, is_example in connection.execute(sa.select(PRINCIPLE)).all():
        first = {"principle_id": key, "wording": wording, "is_example": bool(is_example)}
        connection.execute(VERSION.insert().values(id=uuid4(), number=1, on=datetime.now(tz=UTC).date(), **first))


def upgrade() -> None:
    op.create_table(
        "principle_version",
        sa.Column("principle_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ratified_on", sa.Date(), nullable=True),
        sa.Column("ratified_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["principle_id"], ["principle.id"], name=op.f("fk_principle_version_principle_id_principle")
        ),
        sa.ForeignKeyConstraint(
            ["ratified_by_id"], ["workstream.id"], name=op.f("fk_principle_version_ratified_by_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principle_version")),
        sa.UniqueConstraint("principle_id", "number", name=op.f("uq_principle_version_principle_id_number")),
    )
    with op.batch_alter_table("principle_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_principle_version_ratified_by_id"), ["ratified_by_id"], unique=False)

    with op.batch_alter_table("principle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("ratified_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ratified_by_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_principle_ratified_by_id"), ["ratified_by_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_principle_ratified_by_id_workstream"), "workstream", ["ratified_by_id"], ["id"]
        )

    _keep_first_versions()


def downgrade() -> None:
    with op.batch_alter_table("principle", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_principle_ratified_by_id_workstream"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_principle_ratified_by_id"))
        batch_op.drop_column("ratified_by_id")
        batch_op.drop_column("ratified_on")
        batch_op.drop_column("version")

    with op.batch_alter_table("principle_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_principle_version_ratified_by_id"))

    op.drop_table("principle_version")
