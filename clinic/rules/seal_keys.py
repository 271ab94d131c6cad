"""The signature under a day's heads. Pure.

Ed25519: an auditor can prove a file without being able to make one.
"""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def _private(secret):
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tideline seals of the record").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key(secret):
    """The key that proves signatures made with this secret, base64."""
    return base64.b64encode(_private(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def sign(secret, data):
    """The signature over these bytes, base64."""
    return base64.b64encode(_private(secret).sign(data)).decode()


def is_signed(data, signature, key):
    """Whether this signature over these bytes was made by the owner of this public key (both base64)."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(base64.b64decode(signature), data)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
