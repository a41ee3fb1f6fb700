"""Thank-you payments, expenses, how people are paid, who pays, and since when a changed contact is used."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pay_method",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pay_method_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_method")),
        sa.UniqueConstraint("person_id", name=op.f("uq_pay_method_person_id")),
    )
    op.create_table(
        "expense",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("claimed_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(approved_on IS NULL) = (approved_by_id IS NULL)", name=op.f("ck_expense_approved_by_somebody")
        ),
        sa.CheckConstraint("pence > 0", name=op.f("ck_expense_pence_count")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_expense_approved_by_id_person")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["person.id"], name=op.f("fk_expense_claimed_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expense_person_id_person")),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_expense_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense")),
    )
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expense_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expense_claimed_by_id"), ["claimed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expense_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expense_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("task_on", sa.Date(), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asks_first", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("accepted_pence", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "accepted_pence IS NULL OR accepted_pence BETWEEN 0 AND pence",
            name=op.f("ck_payment_accepted_is_at_most_all"),
        ),
        sa.CheckConstraint("pence > 0", name=op.f("ck_payment_pence_count")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_payment_person_id_person")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_payment_session_id_session")),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_payment_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "payment_step",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_payment_step_by_id_person")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_step_payment_id_payment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_step")),
        sa.UniqueConstraint("payment_id", "number", name=op.f("uq_payment_step_payment_id_number")),
    )
    with op.batch_alter_table("payment_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_step_by_id"), ["by_id"], unique=False)

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("payments_officer_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_programme_payments_officer_id_person"), "person", ["payments_officer_id"], ["id"]
        )

    op.add_column("contact_change", sa.Column("effective_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contact_change", schema=None) as batch_op:
        batch_op.drop_column("effective_at")

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_programme_payments_officer_id_person"), type_="foreignkey")
        batch_op.drop_column("payments_officer_id")

    with op.batch_alter_table("payment_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_step_by_id"))

    op.drop_table("payment_step")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_payment_session_id"))
        batch_op.drop_index(batch_op.f("ix_payment_person_id"))

    op.drop_table("payment")
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expense_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_expense_person_id"))
        batch_op.drop_index(batch_op.f("ix_expense_claimed_by_id"))
        batch_op.drop_index(batch_op.f("ix_expense_approved_by_id"))

    op.drop_table("expense")
    op.drop_table("pay_method")
