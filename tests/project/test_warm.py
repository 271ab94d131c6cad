"""A serving process before its first request: what is loaded is left out of the collector's rounds."""

import gc

import pytest
from django.urls import get_resolver

from clinic.project.warm import YOUNG, warm


@pytest.fixture
def collector():
    """The collector as it was, afterwards."""
    before = gc.get_threshold()
    yield gc
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_not_gone_over_again(collector):
    warm()
    assert collector.get_freeze_count() > 10_000
    assert collector.get_threshold()[0] == YOUNG
    assert len(collector.get_objects()) < 1_000
    assert get_resolver()._populated, "every view is imported"
