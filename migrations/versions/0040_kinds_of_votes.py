"""Kinds of votes, their rules and options; results of several things at once; paper."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

# Until now what the room said stood in the recommendation's state alone; a later round shows that it was not a yes.
WHAT_THE_ROOM_SAID = """
UPDATE result SET room_said_yes = NOT EXISTS (
    SELECT 1 FROM round AS mine JOIN round AS later
    ON later.recommendation_id = mine.recommendation_id AND later.number > mine.number
    WHERE mine.poll_id = result.poll_id
) AND EXISTS (
    SELECT 1 FROM round JOIN recommendation ON recommendation.id = round.recommendation_id
    WHERE round.poll_id = result.poll_id AND recommendation.state <> 'needs more talk'
)
WHERE EXISTS (SELECT 1 FROM poll WHERE poll.id = result.poll_id AND poll.state = 'asked in the room')
"""


def upgrade() -> None:
    op.create_table(
        "paper_count",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_count_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_paper_count_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_paper_count")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("paper_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_count_person_id"), ["person_id"], unique=False)

    op.create_table(
        "poll_option",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("priority_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_poll_option_number_counts")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id_poll")),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_poll_option_priority_id_priority")),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_poll_option")),
    )
    with op.batch_alter_table("poll_option", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_option_priority_id"), ["priority_id"], unique=False)

    op.create_table(
        "result_line",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lived", sa.Text(), nullable=False),
        sa.Column("professionals", sa.Text(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "number"], ["poll_option.poll_id", "poll_option.number"], name="fk_result_line_poll_option"
        ),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_result_line")),
    )
    op.add_column("poll", sa.Column("kind", sa.String(length=40), server_default="temperature", nullable=False))
    op.add_column("poll", sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("poll", sa.Column("most", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "poll", sa.Column("rule", sa.String(length=40), server_default="parents and the whole group", nullable=False)
    )
    op.add_column("poll", sa.Column("quorum", sa.String(length=40), server_default="half", nullable=False))
    op.add_column("poll", sa.Column("left_out", sa.Integer(), server_default="0", nullable=False))

    op.add_column("result", sa.Column("room_said_yes", sa.Boolean(), nullable=True))
    op.add_column("result", sa.Column("asked_on", sa.Date(), nullable=True))
    op.add_column("result", sa.Column("minority_view", sa.Text(), server_default="", nullable=False))
    op.add_column("result", sa.Column("lost_worries", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE poll SET rule = 'both sides' WHERE lived_on_roll >= 5 AND professionals_on_roll >= 5")
    op.execute(WHAT_THE_ROOM_SAID)


def downgrade() -> None:
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_column("lost_worries")
        batch_op.drop_column("minority_view")
        batch_op.drop_column("asked_on")
        batch_op.drop_column("room_said_yes")

    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_column("left_out")
        batch_op.drop_column("quorum")
        batch_op.drop_column("rule")
        batch_op.drop_column("most")
        batch_op.drop_column("on_paper")
        batch_op.drop_column("kind")

    op.drop_table("result_line")
    with op.batch_alter_table("poll_option", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_option_priority_id"))

    op.drop_table("poll_option")
    with op.batch_alter_table("paper_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_count_person_id"))

    op.drop_table("paper_count")
