"""Keyed hashes, signatures and seals, each good for one purpose in one partnership (T3, ASVS 9.2)."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from itsdangerous import TimestampSigner
from nacl.secret import SecretBox

from coprod.core.db import here


def real_now() -> datetime:
    """Answer the true moment: what guards a session never follows a demonstration's fixed clock."""
    return datetime.now(UTC)


def hashed(purpose: str, secret: str) -> str:
    """Answer what the database keeps of a secret; worth nothing without the key, which is in no backup."""
    return _keyed(purpose, secret).hex()


def signer(purpose: str) -> TimestampSigner:
    """Answer what signs a cookie, and tells how old the signature is."""
    return TimestampSigner(
        here().secret,
        salt=f"{here().name} {purpose}",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )


def seal(purpose: str, words: str) -> bytes:
    """Hide words that have to be read again, such as an authenticator's secret."""
    return bytes(SecretBox(_keyed(purpose, "seal")).encrypt(words.encode()))


def unseal(purpose: str, sealed: bytes) -> str:
    """Read what was sealed."""
    return SecretBox(_keyed(purpose, "seal")).decrypt(sealed).decode()


def as_text(sealed: bytes) -> str:
    """Write a seal where only text is kept."""
    return base64.b64encode(sealed).decode()


def from_text(text: str) -> bytes:
    """Read a seal back from text."""
    return base64.b64decode(text)


def _keyed(purpose: str, secret: str) -> bytes:
    message = "\0".join((purpose, here().name, secret))
    return hmac.digest(here().secret.encode(), message.encode(), "sha256")
