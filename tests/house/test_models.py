"""The record: every field classified, every state guarded, migrations in order."""

import re
from io import StringIO

import pghistory.models
import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader

from clinic.models.base import CLASSES
from clinic.states import MACHINES
from tests.house.code import ROOT

OURS = [model for label in settings.OUR_APPS for model in apps.get_app_config(label).get_models()]
RECORDS = [model for model in OURS if not issubclass(model, pghistory.models.Event)]
AUTOMATIC = re.compile(r"_auto_|_initial$|and_more|_alter_|_remove_.*_and_|_[0-9a-f]{8,}$")
FROM_DJANGO = {"password", "last_login", "is_superuser", "groups", "user_permissions"}


def classified(model):
    """The model's classes, those of its abstract parents included."""
    classes = {}
    for parent in reversed(model.__mro__):
        classes |= vars(parent).get("CLASSIFY", {})
    return classes


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    fields = [field for field in model._meta.get_fields() if field.concrete and not field.auto_created]
    needed = {f.name for f in fields if not f.primary_key and not f.is_relation} - FROM_DJANGO
    classes = classified(model)
    assert needed - set(classes) == set()
    assert set(classes) - {field.name for field in fields} == set(), "classified, but not there"
    assert set(classes.values()) <= set(CLASSES)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_key_is_a_uuid_nobody_guesses(model):
    key = model._meta.pk
    while key.is_relation:
        key = key.target_field
    assert isinstance(key, models.UUIDField)


def test_references_point_down_only():
    floor = {label: height for height, label in enumerate(settings.OUR_APPS)}
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in OURS
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model._meta.app_label in floor
        if floor[field.related_model._meta.app_label] > floor[model._meta.app_label]
    ]
    assert upward == []


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_state_machine_is_owned_by_a_column_and_its_trigger(name):
    trigger = f"{name}_moves"
    owners = [model for model in OURS for found in getattr(model._meta, "triggers", []) if found.name == trigger]
    assert len(owners) == 1, f"{trigger}: {owners}"


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_state_column_is_guarded(model):
    states = [field for field in model._meta.fields if field.name == "state"]
    guards = [trigger for trigger in getattr(model._meta, "triggers", []) if isinstance(trigger, pgtrigger.FSM)]
    assert not states or guards, "a state anyone may set"


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_what_may_only_be_added_is_protected_by_a_trigger_too(model):
    if not getattr(model, "append_only", False):
        assert not (getattr(model, "may_delete", False) and model._meta.label.endswith(("Event", "Entry")))
        return
    guarded = [
        trigger
        for trigger in getattr(model._meta, "triggers", [])
        if isinstance(trigger, pgtrigger.Protect) and str(trigger.operation) in ("UPDATE OR DELETE", "DELETE OR UPDATE")
    ]
    assert guarded, "append_only, but no Protect(Update | Delete)"


def test_migrations_are_named_for_what_they_do_and_linear():
    loader = MigrationLoader(None)
    ours = sorted(key for key in loader.disk_migrations if key[0] in settings.OUR_APPS)
    assert ours
    assert [name for _, name in ours if AUTOMATIC.search(name)] == []
    for label in settings.OUR_APPS:
        assert len(loader.graph.leaf_nodes(label)) <= 1, f"{label} has two last migrations"
        numbers = [name[:4] for app, name in ours if app == label and not loader.disk_migrations[app, name].replaces]
        assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


@pytest.mark.django_db
def test_no_migration_is_pending():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, verbosity=1)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_no_model_hides_from_the_census():
    assert len(RECORDS) > 30
    assert (ROOT / "clinic/models").is_dir()
