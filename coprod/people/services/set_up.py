"""The words that let somebody make the first account: in the key folder, and said by the server as it starts."""

import secrets
from pathlib import Path

from coprod.people import queries, rules

_FILE = "set-up"


def set_up_secret(keys: Path) -> str:
    """Answer the set-up words of this installation, drawn the first time they are asked for."""
    file = keys / _FILE
    if not file.exists():
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(rules.card_words(secrets.token_bytes(2 * rules.CARD_WORDS)), encoding="utf-8")
    return file.read_text(encoding="utf-8")


def forget_set_up_secret(keys: Path) -> None:
    """Once there is somebody here, the words open nothing, and go."""
    (keys / _FILE).unlink(missing_ok=True)


def words_are_right(keys: Path, typed: str) -> bool:
    """Answer whether these are the set-up words, while nobody is here."""
    right = secrets.compare_digest(rules.plain(typed).encode(), rules.plain(set_up_secret(keys)).encode())
    return right and queries.nobody_is_here()
