"""The patient's own list of consents: what to sign now, what is on file, what was taken back."""

from zoneinfo import ZoneInfo

from intake.consents import standings
from intake.rules import consents as rules


def frame(request):
    """What every page of the list shows around its content."""
    site, zone = request.site, request.patient.zone_name
    return {
        "clinic_site": site,
        "zone": ZoneInfo(zone) if zone else site.zone,
        "by_staff": request.patient_link.made_by,
    }


def own_list(patient):
    """Context of the list. Three queries."""
    every = standings(patient)
    return {
        "to_sign": [one for one in every if one.is_to_sign],
        "told": [one for one in every if one.is_only_told and not one.is_to_sign],
        "on_file": [one for one in every if one.state == rules.IN_FORCE and not one.is_to_sign],
        "open_ones": [
            one
            for one in every
            if one.text is not None and not one.is_to_sign and one.state in (rules.MISSING, rules.TAKEN_BACK)
        ],
    }


def next_kind(patient, kind):
    """The kind to sign after this one, None when nothing is left."""
    left = [one.kind for one in standings(patient) if one.is_to_sign and one.kind != kind]
    return left[0] if left else None
