"""The people and the scene of the session tests."""

import pytest

from tests.people import people
from tests.sessions.scene import Scene


@pytest.fixture
def everyone(db):
    return people()


@pytest.fixture
def scene(everyone):
    return Scene(everyone)
