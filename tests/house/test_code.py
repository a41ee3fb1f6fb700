"""Promises about the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CODE = sorted((ROOT / "coprod").rglob("*.py"))
FEATURES = sorted(path.parent for path in CODE if path.name == "rules.py")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _assigned_states(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        stored = isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store)
        set_by_name = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "setattr"
            and any(isinstance(word, ast.Constant) and word.value == "state" for word in node.args)
        )
        if stored or set_by_name:
            yield f"{_name(path)}:{getattr(node, 'lineno', 0)}"


def test_only_a_lifecycle_assigns_a_state():
    assert [place for path in CODE if path.name != "lifecycle.py" for place in _assigned_states(path)] == []


def test_an_assigned_state_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    planted = tmp_path / "services.py"
    planted.write_text("thing.state = 1\nsetattr(thing, 'state', 2)\n")
    assert list(_assigned_states(planted)) == ["services.py:1", "services.py:2"]


def test_no_service_query_or_rule_commits():
    culprits = [
        f"{_name(path)}:{node.lineno}"
        for path in CODE
        if path.name in ("services.py", "queries.py", "rules.py", "forms.py", "views.py", "models.py")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert culprits == []


def test_no_file_has_grown_past_five_hundred_lines():
    assert [_name(path) for path in CODE if len(path.read_text(encoding="utf-8").splitlines()) > 500] == []


def test_every_exception_to_the_linter_gives_its_reason():
    bare = re.compile(r"# noqa(: [A-Z0-9, ]+)?\s*$")
    culprits = [
        f"{_name(path)}:{number}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert culprits == []


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_every_feature_with_rules_has_its_rules_tried(feature):
    assert list((ROOT / "tests" / feature.name).glob("test_*rules*.py")) != []
