"""The emergency equipment of a site, looked through once a day by one person, kept item by item."""

from django.db import transaction

from clinic import audit, clock, live
from clinic.refusal import refuse_if
from sessions.actions.sessions import need_clinician
from sessions.models import EquipmentCheck
from sessions.rules import equipment as rules


@transaction.atomic
def check_equipment(*, site, answers, note="", by, at=None):
    """Keep today's check. ``answers``: code of `rules.ITEMS` -> (in order, words).

    A later check of the day replaces an earlier one and both stay. Refused: an item left open, a fault without words.
    """
    at = at or clock.now()
    need_clinician(by, site, at=at)
    refuse_if(rules.check_items(answers))
    items = [[code, label, answers[code][0], answers[code][1].strip()[:200]] for code, label in rules.ITEMS.items()]
    row = EquipmentCheck.objects.create(
        site=site,
        day=at.astimezone(site.zone).date(),
        items=items,
        in_order=rules.in_order(answers),
        note=note.strip()[:300],
        checked_at=at,
        checked_by=by,
    )
    audit.record("equipment.checked", row, by=by, site=site, at=at, detail={"in_order": row.in_order})
    site_id, ident = site.pk, row.pk
    transaction.on_commit(lambda: live.announce(site_id, "equipment", ident, 0))
    return row
