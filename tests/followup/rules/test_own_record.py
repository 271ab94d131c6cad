"""Which rows make up somebody's whole record: every table with a way to the patient, but the means of keeping it."""

import pytest
from django.apps import apps
from django.db.models import BinaryField

from followup.queries.own_record import our_models
from followup.rules.own_record import LEFT_OUT, NOT_SAID, fields_said, part_count, paths_to_patient

PATHS = paths_to_patient(our_models())


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("clinic.Patient", ""),
        ("clinic.Appointment", "patient"),
        ("followup.DiaryEntry", "patient"),
        ("treatment_sessions.Entry", "session__patient"),
        ("treatment_sessions.VitalsReading", "entry__session__patient"),
        ("intake.PageAnswers", "packet__patient"),
        ("clinic.ConsentRevocation", "signature__patient"),
    ],
)
def test_the_way_to_the_patient_is_found(label, path):
    assert PATHS[label] == path


@pytest.mark.parametrize("label", ["clinic.Site", "clinic.User", "clinic.Protocol", "clinic.Chair", *LEFT_OUT])
def test_what_is_nobodys_record_is_not_in_it(label):
    assert label not in PATHS


def test_what_is_left_out_exists_and_says_why():
    assert all(apps.get_model(label) and len(why) > 10 for label, why in LEFT_OUT.items())


@pytest.mark.parametrize("label", sorted(PATHS))
def test_no_key_and_no_bytes_are_said(label):
    said = fields_said(apps.get_model(label))
    assert not {field.name for field in said} & NOT_SAID
    assert not [field for field in said if isinstance(field, BinaryField)]


def test_an_archive_has_a_part_for_each_infusion_and_paper():
    assert (part_count(0, 0), part_count(3, 4)) == (2, 9)
