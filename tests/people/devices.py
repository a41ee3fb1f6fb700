"""A device with a passkey in it, as far as the server can tell: it answers challenges as browsers hand them on."""

import base64
import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Device:
    """One device and its one passkey; where `counts` is off it is a synced one, whose count stays 0."""

    def __init__(self, *, counts: bool = True, origin: str = "http://localhost", host: str = "localhost") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = secrets.token_bytes(16)
        self.count, self.counts = 0, counts
        self.origin, self.host = origin, host
        self.flags = PRESENT | VERIFIED

    def make(self, options: dict[str, Any]) -> str:
        """Answer what a browser sends after a passkey was made."""
        public = self.key.public_key().public_numbers()
        coordinates = {-2: public.x.to_bytes(32), -3: public.y.to_bytes(32)}
        key = cbor2.dumps({1: 2, 3: -7, -1: 1} | coordinates)
        about = bytes(16) + len(self.name).to_bytes(2) + self.name + key
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + about}
        response = {"attestationObject": text(cbor2.dumps(made))}
        return self._answer(self._client("webauthn.create", options), response)

    def use(self, options: dict[str, Any]) -> str:
        """Answer what a browser sends after a passkey was used."""
        self.count += self.counts
        client, data = self._client("webauthn.get", options), self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(client, {"authenticatorData": text(data), "signature": text(signature)})

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, more: int = 0) -> bytes:
        flags = (self.flags | more).to_bytes(1)
        return hashlib.sha256(self.host.encode()).digest() + flags + self.count.to_bytes(4)

    def _answer(self, client: bytes, response: dict[str, str]) -> str:
        said = {"id": text(self.name), "rawId": text(self.name), "type": "public-key"}
        return json.dumps(said | {"response": response | {"clientDataJSON": text(client)}})
