"""Pieces of PostgreSQL's log: kept once, sealed, never written over, fetched back or refused."""

import subprocess
import sys

import pytest

from clinic.backup import sealed, wal
from tests.house.code import ROOT

PIECE = "000000010000000000000007"


@pytest.fixture
def piece(tmp_path):
    path = tmp_path / PIECE
    path.write_bytes(b"Marker Canary" * 9000)
    return path


@pytest.fixture
def call(keys, tmp_path):
    """The program as PostgreSQL calls it; returns (exit code, words)."""

    def run(deed, *words):
        said = {
            "keep": ["keep", "--to", tmp_path / "shelf", "--recipients", keys[0]],
            "fetch": ["fetch", "--from", tmp_path / "shelf", "--identity", keys[1]],
        }[deed]
        command = [sys.executable, "-m", "clinic.backup.wal", *map(str, [*said, *words])]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    return run


def test_a_piece_goes_and_comes_back_as_postgres_calls_it(call, piece, tmp_path):
    assert call("keep", piece) == (0, "")
    assert call("fetch", PIECE, tmp_path / "back") == (0, "")
    assert (tmp_path / "back").read_bytes() == piece.read_bytes()
    kept = tmp_path / "shelf" / "wal" / f"{PIECE}.gz.age"
    assert b"Canary" not in kept.read_bytes()
    code, _ = call("fetch", "00000002.history", tmp_path / "none")
    assert code == 1, "not there: the log ends"
    kept.write_bytes(kept.read_bytes()[:-9])
    code, words = call("fetch", PIECE, tmp_path / "broken")
    assert code > 125, "PostgreSQL stops instead of ending the log here"
    assert "can't be opened" in words
    assert not (tmp_path / "broken").exists()


def test_the_same_again_is_well_and_another_one_is_refused(keys, piece, tmp_path):
    shelf = tmp_path / "shelf"
    assert wal.keep(piece, shelf, keys[0]) == "kept"
    assert wal.keep(piece, shelf, keys[0]) == "there"
    piece.write_bytes(b"something else")
    with pytest.raises(wal.Refusal, match="never written over"):
        wal.keep(piece, shelf, keys[0])
    assert wal.fetch(PIECE, tmp_path / "back", shelf, keys[1])
    assert (tmp_path / "back").read_bytes().startswith(b"Marker"), "the first one stays"


def test_a_piece_that_took_anothers_place_is_refused(keys, piece, tmp_path):
    shelf = tmp_path / "shelf"
    wal.keep(piece, shelf, keys[0])
    other = piece.with_name(PIECE[:-1] + "8")
    other.write_bytes(b"later")
    wal.keep(other, shelf, keys[0])
    (shelf / "wal" / f"{other.name}.gz.age").replace(shelf / "wal" / f"{PIECE}.gz.age")
    with pytest.raises(wal.Refusal, match="not the piece"):
        wal.fetch(PIECE, tmp_path / "back", shelf, keys[1])


def test_nothing_half_is_left_when_sealing_fails(piece, tmp_path):
    with pytest.raises(sealed.SealingFailed):
        wal.keep(piece, tmp_path / "shelf", tmp_path / "no-keys")
    assert not list((tmp_path / "shelf" / "wal").glob("*.age"))
    assert not list((tmp_path / "shelf" / "wal").glob(".0*"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "backup_label", "0000000100000000000000"])
def test_only_pieces_of_a_log_are_taken(name, keys, tmp_path):
    with pytest.raises(wal.Refusal, match="not a piece"):
        wal.fetch(name, tmp_path / "x", tmp_path, keys[1])


@pytest.mark.parametrize("name", [PIECE, f"{PIECE}.partial", f"{PIECE}.00000028.backup", "00000002.history"])
def test_every_kind_of_piece_is_known(name):
    assert wal.NAME.fullmatch(name)


def test_what_could_not_be_kept_is_counted_by_postgres(call, piece, keys):
    keys[0].write_text("")
    code, words = call("keep", piece)
    assert code == 1, "above 125 PostgreSQL would start its archiver anew and count nothing"
    assert "holds no key" in words
