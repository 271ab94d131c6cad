"""Everything of one person, table by table, read with one query a table."""

from datetime import datetime, timedelta

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import ForeignKey, Q

from clinic import access
from clinic.documents import documents_of
from clinic.models import Patient
from followup.models import RecordArchive
from followup.rules.own_record import USER, fields_said, paths_to_patient
from sessions.models import InfusionSession


def our_models():
    """Every table of ours but those of history."""
    every = (model for label in settings.OUR_APPS for model in apps.get_app_config(label).get_models())
    return [model for model in every if not issubclass(model, pghistory.models.Event)]


def tables_of(patient: Patient):
    """(label, name in words, rows as dicts) of each table in which this person has rows, one table at a time."""
    ours = our_models()
    for label, path in paths_to_patient(ours).items():
        model = apps.get_model(label)
        where = f"{path}__person" if path else "person"
        rows = [said_of(row) for row in _rows(model).filter(**{where: patient.person_id})]
        if rows:
            yield label, str(model._meta.verbose_name_plural), rows


def _rows(model):
    users = [f.name for f in model._meta.concrete_fields if _is_user(f)]
    rows = model._base_manager.select_related(*users) if users else model._base_manager.all()
    hidden = [f.name for f in model._meta.concrete_fields if f not in fields_said(model)]
    return rows.defer(*hidden) if hidden else rows


def _is_user(field) -> bool:
    return isinstance(field, ForeignKey) and field.related_model._meta.label == USER


def said_of(row) -> dict:
    """One row: column -> value; of staff the name, of other rows the id."""
    said = {}
    for field in fields_said(row):
        if _is_user(field):
            user = getattr(row, field.name)
            said[field.name] = user.display_name if user else None
        else:
            said[field.name] = _plain(getattr(row, field.attname))
    return said


def _plain(value):
    return [value.lower, value.upper] if isinstance(value, Range) else value


def sessions_of(patient: Patient) -> list[InfusionSession]:
    """Every infusion of this person that was begun, in order of time."""
    rows = InfusionSession.objects.filter(patient__person=patient.person_id).order_by("checked_in_at")
    return list(rows.select_related("patient", "site", "chair", "course", "responsible_nurse"))


def papers_of(patient: Patient) -> list:
    """Every paper of this person's record, without its bytes, the oldest first."""
    return list(documents_of(patient).order_by("made_at"))


def archives_of(patient: Patient) -> list[RecordArchive]:
    """Copies asked for, the newest first."""
    rows = RecordArchive.objects.filter(patient__person=patient.person_id)
    return list(rows.select_related("asked_by", "patient", "site"))


def own_archive(patient: Patient, pk) -> RecordArchive | None:
    """One copy that the patient asked for themselves."""
    return RecordArchive.objects.filter(patient__person=patient.person_id, asked_by=None, pk=pk).first()


def archive_or_404(request, pk) -> RecordArchive:
    """One copy of a patient this reader may see; the look recorded."""
    rows = RecordArchive.objects.filter(pk=pk).select_related("patient", "site")
    return access.get_for_patient_or_404(request, rows)


def to_claim(at: datetime, stale_before: datetime):
    """Copies nobody works on: asked for, failed a minute ago or longer, or left behind by a worker that is gone."""
    rested = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - timedelta(minutes=1))
    rows = RecordArchive.objects.order_by("asked_at")
    return rows.filter(Q(state="asked") & rested | Q(state="making", claimed_at__lt=stale_before))


def over(at: datetime):
    """Copies whose week is over."""
    return RecordArchive.objects.filter(state="ready", expires_at__lte=at)
