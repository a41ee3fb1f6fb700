"""People and how they sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hit",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit")),
        sa.UniqueConstraint("key", name=op.f("uq_hit_key")),
    )
    op.create_table(
        "person",
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("no_text_links", sa.Boolean(), nullable=False),
        sa.Column("rights", sa.Integer(), nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(alias) > 0", name=op.f("ck_person_alias_is_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("phone", name=op.f("uq_person_phone")),
    )
    op.create_table(
        "signed_in",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rights", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_signed_in_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in")),
        sa.UniqueConstraint("hash", name=op.f("uq_signed_in_hash")),
    )
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_in_ends"), ["ends"], unique=False)
        batch_op.create_index(batch_op.f("ix_signed_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.Column("task", sa.Text(), nullable=True),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("used", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ticket_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_ends"), ["ends"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticket_hash"), ["hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticket_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_person_id"))
        batch_op.drop_index(batch_op.f("ix_ticket_hash"))
        batch_op.drop_index(batch_op.f("ix_ticket_ends"))

    op.drop_table("ticket")
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_in_person_id"))
        batch_op.drop_index(batch_op.f("ix_signed_in_ends"))

    op.drop_table("signed_in")
    op.drop_table("person")
    op.drop_table("hit")
