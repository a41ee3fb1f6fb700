"""Whatever is written down can be said in plain words, or is left unsaid for a reason."""

import ast
import importlib
from pathlib import Path

from coprod import FEATURES
from coprod.core.lifecycle import Lifecycle
from coprod.history.rules import UNSAID, UNSAID_VERBS, WORDS

CODE = sorted((Path(__file__).parent.parent.parent / "coprod").rglob("*.py"))
VERBS = {verb for verbs in WORDS.values() for verb in verbs} | {verb for _, verb in UNSAID_VERBS}
# Features whose things history never speaks of; each kind and why stands in UNSAID.
OF_THE_UNSAID = {"administration", "assistance", "interests", "library", "payments", "room", "supporters", "voting"}


def _recorded(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
            yield from (part.value for part in ast.walk(node.args[1]) if isinstance(part, ast.Constant))


def test_every_verb_that_is_written_down_has_words():
    spoken_of = [path for path in CODE if not OF_THE_UNSAID & set(path.parts)]
    verbs = {verb for path in spoken_of for verb in _recorded(ast.parse(path.read_text("utf-8")))}
    assert sorted(verbs - VERBS) == []


def test_every_move_has_words():
    moves = set()
    for feature in FEATURES:
        try:
            rules = importlib.import_module(f"coprod.{feature.name}.rules")
        except ModuleNotFoundError:
            continue
        for found in vars(rules).values():
            if isinstance(found, Lifecycle):
                kind = found.__orig_class__.__args__[0].__tablename__
                moves |= {(kind, name) for name in found.moves if kind not in UNSAID}
    said = {(kind, verb) for kind, verbs in WORDS.items() for verb in verbs} | set(UNSAID_VERBS)
    assert sorted(moves - said) == []


def test_verb_in_a_record_is_noticed():
    planted = ast.parse('record(by, "shouted" if loud else "said", thing)')
    assert set(_recorded(planted)) == {"shouted", "said"}
