"""The world of the attacks, made once for a module and gone afterwards."""

import pytest
from django.db import transaction

from tests.attacks.world import Answers, World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two clinics and everyone, in a transaction that is never committed. Not beside `db` in one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(world):
    """What every page of the world answers to who may ask for it."""
    return Answers(world)
