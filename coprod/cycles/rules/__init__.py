"""The rules of cycles: when sessions stand, what an agenda must hold, and who may move what on."""

from coprod.cycles.rules.moves import CYCLE, ITEM, SESSION
from coprod.cycles.rules.suggestions import SUGGESTION

__all__ = ["CYCLE", "ITEM", "SESSION", "SUGGESTION"]
