"""The day board: sorted by who needs someone, live, the same number of queries for 1 and for many chairs."""

import pytest
from django.urls import reverse

from sessions.models import Entry
from tests.people import signed_in
from tests.sessions.screens import begin, full_board

BOARD = "/board/"


@pytest.fixture
def board(everyone, monkeypatch):
    begin(monkeypatch, 42)
    return full_board(everyone)


def test_shows_who_needs_someone_first(everyone, board):
    alarm, overdue, observing, arrived = board
    html = signed_in(everyone.nurse).get(BOARD).content.decode()
    assert "Chair 1 needs someone now" in html
    order = [html.index(s.patient.family_name.upper()) for s in (alarm, overdue, arrived, observing)]
    assert order == sorted(order)
    assert "Nobody has acknowledged it" in html
    assert "I am going" in html
