"""The kinds of part there are, what they are called, and in which column each stands."""

from coprod.theories.models import PartKind

KINDS = tuple(PartKind)
HEADINGS = {
    PartKind.INPUT: "What we put in",
    PartKind.ACTIVITY: "What we do",
    PartKind.OUTPUT: "What comes out",
    PartKind.OUTCOME: "What changes",
    PartKind.IMPACT: "What it is for",
}
DRIVERS = {
    PartKind.IMPACT: "Our aim",
    PartKind.OUTCOME: "What drives it",
    PartKind.OUTPUT: "What drives that",
    PartKind.ACTIVITY: "Ideas for change",
}


def column_of(kind: PartKind) -> int:
    """Answer in which column a part stands: what is put in is on the left."""
    return KINDS.index(kind)
