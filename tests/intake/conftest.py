"""Consent texts that are in force, and somebody who signs them."""

import pytest

from intake.actions.consents import sign_again
from tests import factories
from tests.intake.signing import SAID


@pytest.fixture
def publish(everyone):
    """Publish a consent text of a kind; the test's own `everyone` says who does it."""

    def published(kind="treatment", **fields):
        return factories.consent_text(kind=kind, published_by=everyone.prescriber, **fields)

    return published


@pytest.fixture
def sign(everyone):
    """Sign a text for the patient, or as whoever is named."""

    def signed(text, *, patient=None, by=None, **more):
        patient = patient or everyone.patient
        return sign_again(patient=patient, site=everyone.harbor, text=text, by=by or patient, **SAID | more)

    return signed
