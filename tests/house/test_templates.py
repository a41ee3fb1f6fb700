"""Promises about the templates."""

import ast
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, meta

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
NAME = re.compile(r"[\w/-]+/[\w-]+\.html")
INLINE = re.compile(r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE)


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _named_in_code() -> set[str]:
    return {
        node.value
        for path in (ROOT / "coprod").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
    }


def test_every_template_compiles(app):
    for name in NAMES:
        app.jinja_env.get_template(name)


def test_every_template_is_used():
    reader = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    used = _named_in_code()
    for name in NAMES:
        used |= {str(other) for other in meta.find_referenced_templates(reader.parse(_source(name))) if other}
    assert [name for name in NAMES if name not in used] == []


def test_every_template_named_in_code_is_there():
    assert sorted(_named_in_code() - set(NAMES)) == []


def test_nothing_is_inline():
    assert [name for name in NAMES if INLINE.search(_source(name))] == []


def test_no_template_marks_anything_safe():
    assert [name for name in NAMES if re.search(r"\|\s*safe\b|autoescape\s+false", _source(name))] == []


def test_which_layout_a_reader_gets_is_asked_in_one_place():
    """`layouts/own.html` asks; only a page that may also be reached by a link for one task asks for itself."""
    asking = {name for name in NAMES if re.search(r"extends [^%]* if ", _source(name))}
    assert asking == {"layouts/own.html", "rsvp/answered.html", "rsvp/show.html"}
