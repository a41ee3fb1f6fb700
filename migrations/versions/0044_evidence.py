"""The evidence library, testimony, rapid reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_review",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_evidence_review_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_review")),
    )
    with op.batch_alter_table("evidence_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_review_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("content_note", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_evidence_title_is_given")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstream.id"], name=op.f("fk_evidence_workstream_id_workstream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "evidence_search",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("found >= 0", name=op.f("ck_evidence_search_found_counts")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["evidence_review.id"], name=op.f("fk_evidence_search_review_id_evidence_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_search")),
        sa.UniqueConstraint("review_id", "number", name=op.f("uq_evidence_search_review_id_number")),
    )
    op.create_table(
        "evidence_find",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_find_evidence_id_evidence")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["evidence_review.id"], name=op.f("fk_evidence_find_review_id_evidence_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_find")),
        sa.UniqueConstraint("review_id", "number", name=op.f("uq_evidence_find_review_id_number")),
    )
    with op.batch_alter_table("evidence_find", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_find_evidence_id"), ["evidence_id"], unique=False)

    op.create_table(
        "testimony",
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_testimony_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_testimony_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testimony")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_testimony_evidence_id")),
    )
    with op.batch_alter_table("testimony", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_testimony_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("testimony", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_testimony_person_id"))

    op.drop_table("testimony")
    with op.batch_alter_table("evidence_find", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_find_evidence_id"))

    op.drop_table("evidence_find")
    op.drop_table("evidence_search")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("evidence_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_review_workstream_id"))

    op.drop_table("evidence_review")
