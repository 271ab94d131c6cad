"""The only door from a request to patients and their records. Deny by default.

A view says who may knock (`@staff("nurse")`, `@patient_link("diary")`, `@public`); the middleware refuses every view
that says nothing. What a member of staff may then see is decided here, by the sites where they hold one of those roles.
Another clinic's id and an id that doesn't exist answer alike: 404.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from clinic import audit, clock
from clinic.models import Membership, Patient, PatientMerge, Role, Site
from clinic.models.base import CLINICAL, MENTAL, PERSONAL, SAFE

ALL_ROLES = tuple(Role.values)
CLINICIANS = (Role.NURSE.value, Role.PRESCRIBER.value)
CARE_TEAM = (Role.FRONT_DESK.value, *CLINICIANS)

# Which classes of field a role receives. The front desk never receives mental ones, in any form.
CLASSES = {
    Role.FRONT_DESK: {SAFE, PERSONAL},
    Role.NURSE: {SAFE, PERSONAL, CLINICAL, MENTAL},
    Role.PRESCRIBER: {SAFE, PERSONAL, CLINICAL, MENTAL},
    Role.CLINIC_ADMIN: {SAFE, PERSONAL},
    Role.AUDITOR: {SAFE, PERSONAL},
}


@dataclass(frozen=True)
class Door:
    kind: str  # staff | patient_link | public
    roles: tuple = ()
    purposes: tuple = ()


def _declare(door):
    def mark(view):
        view.door = door
        return view

    return mark


def staff(*roles):
    """This view is for staff holding one of these roles at some site; without roles: any member of staff."""
    return _declare(Door("staff", roles=tuple(str(role) for role in roles) or ALL_ROLES))


def patient_link(*purposes):
    """This view is for a patient who came through a link of one of these purposes."""
    return _declare(Door("patient_link", purposes=purposes))


def public(view):
    """This view is for anyone: sign-in, health, the first page of a link."""
    view.door = Door("public")
    return view


def memberships_of(user, at=None):
    """The user's memberships in force, with their sites, as a list. One query."""
    return list(Membership.objects.active(at or clock.now()).filter(user=user).select_related("site"))


def sites_for(request):
    """Sites where this user holds one of the roles the view asks for, as a list."""
    roles = request.door.roles if getattr(request, "door", None) else ALL_ROLES
    return _unique(m.site for m in request.memberships if m.role in roles)


def _unique(sites):
    return list({site.pk: site for site in sites}.values())


def roles_at(request, site):
    """The roles this user holds at this site, as a set of strings."""
    return {m.role for m in request.memberships if m.site_id == getattr(site, "pk", site)}


def has_role(request, *roles, site=None):
    """Whether the user holds one of the roles at `site` (default: the current site)."""
    return bool(roles_at(request, site or request.site) & {str(role) for role in roles})


def sees(request, field_class, site=None):
    """Whether fields of this class may be sent to this user for this site."""
    return any(field_class in CLASSES[Role(role)] for role in roles_at(request, site or request.site))


def site_or_404(request, pk):
    for site in sites_for(request):
        if str(site.pk) == str(pk):
            return site
    raise Http404


def patients_for(request):
    """Patients this request may see: those linked now to a site where the user holds one of the view's roles."""
    sites = [site.pk for site in sites_for(request)]
    return Patient.objects.filter(sites__site__in=sites, sites__until__isnull=True).distinct()


def get_patient_or_404(request, pk):
    """The patient, through the door, and the look recorded."""
    patient = _first_or_404(patients_for(request).filter(pk=pk))
    audit.looked(request, _verb(request), patient, patient=patient, site=request.site)
    return patient


def get_for_patient_or_404(request, queryset, *, path="patient"):
    """One row of a record that belongs to a patient (`path` leads to them), through the door; the look recorded.

    The row's own `site`, where the model has one, must be a site of the user's too.
    """
    sites = [site.pk for site in sites_for(request)]
    allowed = {f"{path}__sites__site__in": sites, f"{path}__sites__until__isnull": True}
    row = _first_or_404(queryset.filter(**allowed).distinct())
    site_id = getattr(row, "site_id", None)
    if site_id is not None and site_id not in sites:
        raise Http404
    patient = row
    for step in path.split("__"):
        patient = getattr(patient, step)
    audit.looked(request, _verb(request), row, patient=patient, site=request.site)
    return row


def linked_ids(patient):
    """The ids of this person's records: their own and those merged with it, in force."""
    pairs = PatientMerge.objects.filter(Q(kept=patient) | Q(merged=patient), undone_at__isnull=True).values_list(
        "kept_id", "merged_id"
    )
    return {patient.pk, *(pk for pair in pairs for pk in pair)}


def at_my_sites(request, queryset, path="site"):
    """Rows of `queryset` at sites where the user holds one of the view's roles (for lists without one patient)."""
    return queryset.filter(**{f"{path}__in": [site.pk for site in sites_for(request)]})


def one_at_my_sites_or_404(request, queryset, path="site"):
    """One row at a site where the user holds one of the view's roles; the look recorded where it is about a patient."""
    row = _first_or_404(at_my_sites(request, queryset, path))
    if getattr(row, "patient_id", None) is not None:
        audit.looked(request, _verb(request), row, patient=row.patient, site=request.site)
    return row


def current_site(request):
    """The site chosen in this browser, if it still is one of the view's; else the first. None without any."""
    sites = sites_for(request)
    chosen = request.session.get("site")
    return next((site for site in sites if str(site.pk) == chosen), sites[0] if sites else None)


def choose_site(request, site: Site):
    request.session["site"] = str(site.pk)


def _first_or_404(queryset):
    row = queryset.first()
    if row is None:
        raise Http404
    return row


def _verb(request):
    match = getattr(request, "resolver_match", None)
    return f"look {match.view_name}" if match else "look"
