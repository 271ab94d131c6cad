"""Keys and a shelf of a test's own."""

import pytest

from clinic.backup import sealed


@pytest.fixture
def keys(tmp_path):
    """Two files: the public keys (one of them for a safe), and the secret key."""
    secret, public = sealed.make_key()
    _, safe = sealed.make_key()
    recipients, identity = tmp_path / "recipients", tmp_path / "identity"
    recipients.write_text(f"# the server's trial\n{public}\n\n# in the safe\n{safe}\n")
    identity.write_text(secret + "\n")
    identity.chmod(0o600)
    return recipients, identity
