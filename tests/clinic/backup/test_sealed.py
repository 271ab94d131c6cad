"""What is sealed is opened whole, by the right key, or not at all."""

import io

import pytest

from clinic.backup import sealed

CONTENT = b"Marker Canary, 17-Mar-1980 " * 50_000


@pytest.fixture
def kept(keys, tmp_path):
    recipients, identity = keys
    path = tmp_path / "kept.age"
    size = sealed.seal(io.BytesIO(CONTENT), path, sealed.recipients(recipients), squeeze=True)
    assert size == path.stat().st_size
    return path, sealed.identities(identity)


def test_it_comes_back_whole_and_nothing_of_it_lies_in_clear(kept):
    path, identity = kept
    assert sealed.open_bytes(path, identity) == CONTENT
    with sealed.stream(path, identity) as source:
        assert len(source.read(1000)) > 100
    assert b"Canary" not in path.read_bytes()
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n"), "any age program opens it"
    assert path.stat().st_mode & 0o077 == 0


def test_every_recipient_opens_it(tmp_path):
    pairs = [sealed.make_key() for _ in range(2)]
    (tmp_path / "both").write_text("\n".join(public for _, public in pairs))
    sealed.seal_bytes(b"x", tmp_path / "x.age", sealed.recipients(tmp_path / "both"))
    for number, (secret, _) in enumerate(pairs):
        own = tmp_path / f"own{number}"
        own.write_text(secret)
        own.chmod(0o600)
        assert sealed.open_bytes(tmp_path / "x.age", sealed.identities(own)) == b"x"


def test_another_key_does_not(kept, tmp_path):
    secret, _ = sealed.make_key()
    (tmp_path / "other").write_text(secret)
    (tmp_path / "other").chmod(0o600)
    with pytest.raises(sealed.SealingFailed, match="None of these keys opens kept.age"):
        sealed.open_bytes(kept[0], sealed.identities(tmp_path / "other"))


@pytest.mark.parametrize("place", [-3, -1000, 400])
def test_one_changed_byte_is_found(kept, place):
    path, identity = kept
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(sealed.SealingFailed, match=r"kept.age can't be opened|None of these keys"):
        sealed.open_bytes(path, identity)
    with pytest.raises(sealed.SealingFailed), sealed.stream(path, identity) as source:
        source.read(10)


def test_a_cut_off_end_is_found(kept):
    path, identity = kept
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(sealed.SealingFailed):
        sealed.open_bytes(path, identity)


def test_a_reader_that_leaves_early_is_not_kept(kept):
    def leave():
        with sealed.stream(*kept) as source:
            source.read(1)
            raise KeyError("gone")

    with pytest.raises(KeyError):
        leave()


def test_a_secret_key_others_may_read_is_refused(keys):
    keys[1].chmod(0o644)
    with pytest.raises(sealed.SealingFailed, match="chmod 600"):
        sealed.identities(keys[1])


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "holds no key"), ("# only a remark", "holds no key"), ("age1nonsense", "no public key")],
)
def test_a_file_without_a_key_is_refused(tmp_path, content, words):
    (tmp_path / "keys").write_text(content)
    with pytest.raises(sealed.SealingFailed, match=words):
        sealed.recipients(tmp_path / "keys")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(sealed.SealingFailed, match="can't be read"):
        sealed.recipients(tmp_path / "none")
