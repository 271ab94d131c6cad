"""The PDF of a record: our own styles under any name they have, nothing from outside, and never a crash."""

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage

from clinic import pdf as paper

HASHED = "css/base.0123456789ab.css"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>plain</p>",
        '<img src="http://127.0.0.1:9/a.png"><p>outside</p>',
        '<link rel="attachment" href="file:///etc/hostname"><p>a file</p>',
        '<link rel="stylesheet" href="/static/css/not-there.css"><p>missing</p>',
        '<link rel="stylesheet" href="/static/css/base.css"><p>ours</p>',
    ],
)
def test_a_page_becomes_paper_whatever_it_points_to(markup):
    assert paper.pdf(markup).startswith(b"%PDF")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a.png", "file:///static/css/base.css", "http://x/static/none.css"])
def test_nothing_but_our_own_files_is_read(url):
    with pytest.raises(ValueError, match="own"):
        paper._own_file(url)


def test_a_style_sheet_is_found_by_production_s_hashed_name(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = str(tmp_path)
    (tmp_path / "css").mkdir()
    (tmp_path / HASHED).write_bytes(b"p { color: black }")
    monkeypatch.setattr(paper, "staticfiles_storage", StaticFilesStorage(location=tmp_path))
    assert paper._own_file(f"http://x/static/{HASHED}") == b"p { color: black }"
