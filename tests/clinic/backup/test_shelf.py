"""The folder of copies: whole or not there, in order, checked without a key, thinned out by age."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from clinic.backup import sealed, shelf, wal

NOON = datetime(2026, 5, 13, 12, tzinfo=UTC)


def make(place, kind="dump", at=NOON, first_piece="000000010000000000000005"):
    with place.making(kind, at) as folder:
        (folder / shelf.CONTENT[kind]).write_bytes(b"sealed")
        (folder / shelf.PROOF).write_bytes(b"figures")
        shelf.write_note(folder, {"rows": 3, "first_piece": first_piece})
    return place.find(f"{kind}-{at:%Y%m%dT%H%M%SZ}")


@pytest.fixture
def place(tmp_path):
    return shelf.Shelf(tmp_path / "shelf")


def test_copies_are_found_by_name_and_by_kind_newest_first(place):
    old, new, base = (
        make(place),
        make(place, at=NOON + timedelta(hours=1)),
        make(place, "base", NOON - timedelta(days=1)),
    )
    assert [copy.name for copy in place.copies()] == [new.name, old.name, base.name]
    assert place.find("latest").name == new.name
    assert place.find("base").name == base.name
    assert place.find(old.name).at == NOON
    assert (old.kind, old.size) == ("dump", len(b"sealed") + len(b"figures"))
    with pytest.raises(shelf.ShelfFailed, match="no copy 'x'"):
        place.find("x")


def test_a_copy_that_was_not_finished_is_none(place):
    def fail():
        with place.making("dump", NOON) as folder:
            (folder / "record.dump.age").write_bytes(b"half")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert place.copies() == []
    assert list(place.folder.iterdir()) == []


def test_two_at_once_are_refused(place):
    with (
        place.making("dump", NOON),
        pytest.raises(shelf.ShelfFailed, match="being made already"),
        place.making("dump", NOON),
    ):
        pass


def test_a_changed_or_missing_file_is_named_without_a_key(place):
    copy = make(place)
    assert shelf.troubles(copy) == []
    copy.content.write_bytes(b"seaLed")
    assert shelf.troubles(copy) == [f"{copy.name}: record.dump.age was changed."]
    copy.content.unlink()
    assert shelf.troubles(copy) == [f"{copy.name}: record.dump.age is missing."]


@pytest.fixture
def log(place, keys):
    """Pieces 3 to 9 of the log, and one of a later timeline."""
    names = [f"0000000100000000000000{n:02X}" for n in range(3, 10)] + ["000000020000000000000009"]
    for name in names:
        piece = place.folder.parent / name
        piece.write_bytes(name.encode())
        wal.keep(piece, place.folder, keys[0])
    return place


def test_a_hole_in_the_log_is_named(log):
    assert shelf.gaps(log.pieces()) == []
    next(log.folder.glob("wal/*06.gz.age")).unlink()
    assert shelf.gaps(log.pieces()) == ["After 000000010000000000000005 of the log comes 000000010000000000000007."]


def test_the_log_goes_on_after_the_last_piece_of_a_file():
    assert shelf._follower("0000000100000003000000FF") == "000000010000000400000000"


def test_pieces_no_copy_needs_go_with_their_marks(log):
    assert log.remove_pieces_before("000000010000000000000007") == 4
    assert [path.name[:24][-2:] for path in log.pieces()] == ["07", "08", "09", "09"]
    assert len(list(log.folder.glob("wal/*.sha256"))) == 4


def test_without_a_folder_nothing_is_guessed():
    with pytest.raises(shelf.ShelfFailed, match="BACKUP_FOLDER is not set"):
        shelf.Shelf("")


def test_the_note_is_read_without_a_key_and_the_rest_is_not(place, keys):
    with place.making("dump", NOON) as folder:
        sealed.seal(io.BytesIO(b"Marker Canary"), folder / "record.dump.age", sealed.recipients(keys[0]))
        shelf.write_note(folder, {"rows": 1})
    everything = b"".join(path.read_bytes() for path in place.find("dump").folder.iterdir())
    assert b"Canary" not in everything
    assert place.find("dump").note["rows"] == 1
