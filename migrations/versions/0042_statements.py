"""Short statements, themes, and the votes they were put to."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_theme_name_is_given")),
        sa.ForeignKeyConstraint(["workstream_id"], ["workstream.id"], name=op.f("fk_theme_workstream_id_workstream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("workstream_id", "number", name=op.f("uq_theme_workstream_id_number")),
    )
    op.create_table(
        "statement",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why_set_aside", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_statement_words_are_given")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_statement_theme_id_theme")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_statement_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "asked_statement",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "number"], ["poll_option.poll_id", "poll_option.number"], name="fk_asked_statement_poll_option"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_asked_statement_statement_id_statement")
        ),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_asked_statement")),
    )
    with op.batch_alter_table("asked_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asked_statement_statement_id"), ["statement_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("asked_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asked_statement_statement_id"))

    op.drop_table("asked_statement")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_statement_theme_id"))

    op.drop_table("statement")
    op.drop_table("theme")
