"""What is kept and shown to nobody, and why."""

from coprod.my_data.rules.register.held import Fate, Held

SECRET = (
    Held(
        "Votes",
        ("roll_entry.person_id",),
        Fate.STAYS,
        why="Nobody can see how you voted. Nothing is kept that could show it.",
    ),
    Held(
        "Sealed answers",
        ("envelope.person_id",),
        Fate.STAYS,
        unseen=("sealed",),
        why="Nobody can open them but the count, and they go with it.",
    ),
    Held(
        "Counting votes on paper",
        ("paper_count.person_id",),
        Fate.GOES,
        unseen=("sealed",),
        why="Sealed till a second person has counted too. It goes with the count.",
    ),
    Held(
        "Concerns",
        ("concern.raised_by_id", "concern.received_by_id"),
        Fate.STAYS,
        unseen=("about", "number", "words", "passed_to"),
        why="Only the safeguarding leads ever see them. The law says they are kept for a time.",
    ),
)
