"""A passkey in software: makes and shows credentials as a device does, so that tests need no browser for it."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def _text(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class SoftKey:
    """One device of one person; `verifies` is whether it asks for its PIN or finger."""

    def __init__(self, origin="https://testserver", verifies=True):
        self.origin, self.verifies = origin, verifies
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id, self.count, self.user_handle, self.rp_id = secrets.token_bytes(32), 0, b"", ""

    def create(self, options):
        """The answer to `creation_options`, as the page's form sends it."""
        asked = options["publicKey"]
        self.rp_id, self.user_handle = asked["rp"]["id"], _bytes(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        box = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested})
        said = {"clientDataJSON": self._client("webauthn.create", asked), "attestationObject": _text(box)}
        return self._credential(said) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def get(self, options, **more):
        """The answer to `request_options`; `more` replaces parts of what the device says."""
        asked = options["publicKey"]
        client = self._client("webauthn.get", asked)
        data = self._data(0)
        signed = self.key.sign(data + hashlib.sha256(_bytes(client)).digest(), ec.ECDSA(hashes.SHA256()))
        said = {
            "clientDataJSON": client, "authenticatorData": _text(data), "signature": _text(signed),
            "userHandle": _text(self.user_handle),
        }  # fmt: skip
        return self._credential(said | more)

    def _data(self, flags):
        self.count += 1
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind, asked):
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}
        return _text(json.dumps(said).encode())

    def _credential(self, response):
        ident = _text(self.credential_id)
        return {"id": ident, "rawId": ident, "type": "public-key", "response": response, "clientExtensionResults": {}}
