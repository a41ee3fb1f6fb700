"""Who receives concerns, what is signed, and what is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("pence >= 0", name=op.f("ck_rate_pence_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint("what", "valid_from", name=op.f("uq_rate_what_valid_from")),
    )
    with op.batch_alter_table("rate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rate_valid_from"), ["valid_from"], unique=False)

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("safeguarding_lead_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("deputy_lead_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("data_protection_signed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("accessibility_statement_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_programme_deputy_lead_id_person"), "person", ["deputy_lead_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_programme_safeguarding_lead_id_person"), "person", ["safeguarding_lead_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_programme_safeguarding_lead_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_programme_deputy_lead_id_person"), type_="foreignkey")
        batch_op.drop_column("accessibility_statement_on")
        batch_op.drop_column("data_protection_signed_on")
        batch_op.drop_column("deputy_lead_id")
        batch_op.drop_column("safeguarding_lead_id")

    with op.batch_alter_table("rate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rate_valid_from"))

    op.drop_table("rate")
