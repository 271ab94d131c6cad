"""REL-17, the linter: a migration the pages can't live through is refused, unless it says why it may."""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from clinic.dev.migrating import WHY, faults, named, unfit
from clinic.together import Together

# The last migrations made before any clinic ran this: nobody ever lives through those.
BEFORE_THE_FIRST_CLINIC = {"clinic": 26, "intake": 7, "treatment_sessions": 11, "followup": 10}
CHECK = models.CheckConstraint(condition=models.Q(room__gt=0), name="chair_room_above_zero")
UNIQUE = models.UniqueConstraint(fields=["label"], name="chair_label_once")
INDEX = models.Index(fields=["label"], name="chair_by_label")
FIT = [
    migrations.AddField("chair", "note", models.TextField(null=True)),
    migrations.AddField("chair", "note", models.TextField(db_default="")),
    migrations.AddField("chair", "site", models.ForeignKey("clinic.site", models.PROTECT, null=True, db_index=False)),
    migrations.AddField("chair", "sites", models.ManyToManyField("clinic.site")),
    migrations.CreateModel("Lamp", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AlterField("chair", "label", models.CharField(max_length=80)),
    migrations.AlterField("chair", "label", models.TextField()),
    migrations.AlterField("chair", "label", models.CharField(max_length=40, help_text="As on the wall")),
    migrations.AlterField("chair", "room", models.IntegerField(null=True)),
    migrations.AlterModelOptions("chair", {"verbose_name": "chair"}),
    migrations.RemoveConstraint("chair", "chair_label_once"),
    migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    AddIndexConcurrently("chair", INDEX),
    AddConstraintNotValid("chair", CHECK),
    ValidateConstraint("chair", "chair_room_above_zero"),
]
UNFIT = [
    (migrations.AddField("chair", "note", models.TextField(default="")), "new field"),
    (migrations.AddField("chair", "site", models.ForeignKey("clinic.site", models.PROTECT, null=True)), "index"),
    (migrations.AddField("chair", "tag", models.TextField(null=True, unique=True)), "unique"),
    (migrations.AddIndex("chair", INDEX), "index"),
    (migrations.AddConstraint("chair", CHECK), "check"),
    (migrations.AddConstraint("chair", UNIQUE), "unique"),
    (migrations.RemoveField("chair", "label"), "gone"),
    (migrations.DeleteModel("Chair"), "gone"),
    (migrations.RenameField("chair", "label", "name"), "renamed"),
    (migrations.RenameModel("Chair", "Seat"), "renamed"),
    (migrations.AlterField("chair", "label", models.CharField(max_length=10)), "type"),
    (migrations.AlterField("chair", "room", models.TextField()), "type"),
    (migrations.AlterField("chair", "spare", models.IntegerField()), "tighter"),
    (migrations.AlterField("chair", "label", models.CharField(max_length=40, db_index=True)), "index"),
    (migrations.RunPython(migrations.RunPython.noop), "one way"),
    (migrations.AlterUniqueTogether("chair", {("label", "room")}), "unknown"),
]


def before():
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("label", models.CharField(max_length=40)),
              ("room", models.IntegerField()), ("spare", models.IntegerField(null=True))]  # fmt: skip
    options = {"constraints": [UNIQUE, CHECK]}
    state.add_model(ModelState("clinic", "Chair", fields, options))
    state.add_model(ModelState("clinic", "Site", [("id", models.BigAutoField(primary_key=True))]))
    return state


def found(*steps, **more):
    return faults(
        type("Migration", (migrations.Migration,), {"operations": list(steps), **more})("0099_x", "clinic"), before()
    )


@pytest.mark.parametrize("step", FIT, ids=lambda step: named(step, "clinic"))
def test_rel_17_what_the_pages_live_through_passes(step):
    assert found(step) == []


@pytest.mark.parametrize(("step", "word"), UNFIT, ids=[f"{word}: {named(step, 'clinic')}" for step, word in UNFIT])
def test_rel_17_what_they_do_not_is_named_with_its_way_out(step, word):
    (fault,) = found(step)
    assert fault == f"{named(step, 'clinic')}: {WHY[word]}"
    assert found(step, under_traffic={named(step, "clinic"): "the table is empty before the next release"}) == []
    assert len(found(step, under_traffic={named(step, "clinic"): " "})) == 1, "a blank is no reason"


def test_rel_17_nothing_hides_in_a_step_of_steps():
    gone = migrations.RemoveField("chair", "label")
    assert len(found(Together([gone]))) == 1
    assert len(found(migrations.SeparateDatabaseAndState([gone], []))) == 1


def test_rel_17_a_table_of_the_same_migration_is_empty_yet():
    lamp = migrations.CreateModel("Lamp", [("id", models.BigAutoField(primary_key=True))])
    assert found(lamp, migrations.AddField("lamp", "watts", models.IntegerField(default=1))) == []


def test_rel_17_rows_are_moved_apart_from_the_change_of_a_table():
    move = migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)
    more = migrations.AddField("chair", "note", models.TextField(null=True))
    assert found(more, move) == [f"RunPython clinic: {WHY['mixed']}"]


def test_rel_17_every_migration_since_the_first_clinic_is_fit():
    assert unfit(BEFORE_THE_FIRST_CLINIC) == {}


def test_rel_17_the_linter_sees_what_was_done_before_anybody_had_to_live_through_it():
    early = unfit(dict.fromkeys(BEFORE_THE_FIRST_CLINIC, 0))
    assert sum(len(wrong) for wrong in early.values()) > 100, "it looks at nothing"
