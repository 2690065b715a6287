"""A passkey in software: answers a browser's question as a telephone would. And the codes of an authenticator app."""

import hashlib
import hmac
import json
import secrets
import struct
from base64 import b32decode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class SoftKey:
    """One passkey for one site.

    Attributes:
        origin: the address of the site, as the browser says it.
        verifies: whether the device looks at finger, face or PIN.
    """

    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.origin = origin
        self.verifies = verifies
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.owner = b""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        wanted = options["publicKey"]
        self.owner = wanted["user"]["id"].encode() if isinstance(wanted["user"]["id"], str) else wanted["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        held = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(wanted["rp"]["id"], WITH_KEY) + held
        told = self._told("webauthn.create", wanted["challenge"])
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": told, "attestationObject": made}, {"credProps": {"rk": True}})

    def use(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        wanted = options["publicKey"]
        data, told = self._data(wanted["rpId"], 0), self._told("webauthn.get", wanted["challenge"])
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": told, "authenticatorData": data, "signature": signature}
        answer = self._answer(parts, {})
        answer["response"]["userHandle"] = self.owner.decode()  # it came in base64url already
        return answer

    def _told(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, site: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(site.encode()).digest() + struct.pack(">BI", flags, 1)

    def _answer(self, parts: dict[str, bytes], extensions: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        response = {key: websafe_encode(value) for key, value in parts.items()}
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }


def any_credential() -> dict[str, Any]:
    """A passkey that was made some time, for rows that only have to be there."""
    return SoftKey().make({"publicKey": {"rp": {"id": "localhost"}, "challenge": "AA", "user": {"id": "MQ"}}})


def app_code(secret: str, moment: float) -> str:
    """What an authenticator app shows at this moment (RFC 6238), written apart from the code that checks it."""
    digest = hmac.new(b32decode(secret.replace(" ", "")), struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
