"""The addresses of built files."""

import json

import pytest

from coprod.core.assets import Assets


def test_a_built_file_is_asked_for_with_its_mark(app, tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"staff.css": "abc123"}))
    with app.test_request_context():
        assert Assets(manifest).address("staff.css") == "/static/built/staff.css?v=abc123"


def test_an_unknown_file_is_a_fault_of_ours(app, tmp_path):
    with app.test_request_context(), pytest.raises(LookupError, match=r"no other\.css"):
        Assets(tmp_path / "manifest.json").address("other.css")
