"""The only door from a request to patients and their records. Deny by default.

A view says who may knock (`@staff("nurse")`, `@patient_link("diary")`, `@public`); the middleware refuses every view
that says nothing. What a member of staff may then see is decided here, by the sites where they hold one of those roles.
Another clinic's id and an id that doesn't exist answer alike: 404.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from clinic import audit, clock
from clinic.models import Membership, Patient, PatientSite, Role, Site
from clinic.models.base import CLINICAL, MENTAL, PERSONAL, SAFE
from clinic.prepared import Prepared

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
    kind: str  # staff | patient_link | public | wall
    roles: tuple = ()
    purposes: tuple = ()
    is_for_patients: bool = False  # then the page speaks the patient's language, else English
    by_glass: bool = False  # then an open emergency look may look through it, never write
    fresh: bool = False  # then who asks has shown lately again who they are
    while_locked: bool = False  # then it answers behind the privacy lock too: nothing about anybody is read there


def _declare(door):
    def mark(view):
        view.door = door
        return view

    return mark


def staff(*roles, glass=False, fresh=False, while_locked=False):
    """This view is for staff holding one of these roles at some site; without roles: any member of staff.

    `glass`: the one patient of an emergency look (`clinic.models.BreakGlass`) may be read here too.
    `fresh`: only for who has signed in, or shown again who they are, in the last minutes (`sign_in.is_fresh`).
    `while_locked`: the privacy lock does not stop it.
    """
    held = tuple(str(role) for role in roles) or ALL_ROLES
    return _declare(Door("staff", roles=held, by_glass=glass, fresh=fresh, while_locked=while_locked))


def patient_link(*purposes):
    """This view is for a patient who came through a link of one of these purposes."""
    return _declare(Door("patient_link", purposes=purposes, is_for_patients=True))


def wall(view):
    """This view is for a paired screen on a wall of one site: a device, nobody's sign-in (`request.wall`)."""
    return _declare(Door("wall"))(view)


def public(view):
    """This view is for anyone: sign-in, health, the mailroom of the demo."""
    view.door = Door("public")
    return view


def public_for_patients(view):
    """This view is for anyone, and it is patients who come: the first pages of a link. It speaks their language."""
    view.door = Door("public", is_for_patients=True)
    return view


def takes(view):
    """This view hands out a file or a paper about one patient: its look is written as "take", for the accounting."""
    view.takes = True
    return view


def memberships_of(user, at=None):
    """The user's memberships in force, with their sites, as a list. One query."""
    return _memberships.rows(user=user.pk, at=at or clock.now())


_memberships = Prepared(
    lambda of: Membership.objects.active(of.moment("at")).filter(user=of("user")).select_related("site")
)


def with_memberships(user_id):
    """Who this is, with what they hold now as `user.holds_now`; None when that is nothing. One query."""
    held = _with_user.rows(user=user_id, at=clock.now())
    if not held:
        return None
    user = held[0].user
    user.holds_now = held
    return user


_with_user = Prepared(
    lambda of: Membership.objects.active(of.moment("at")).filter(user=of("user")).select_related("site", "user")
)


def roles_of(user, site, at):
    """The roles this user holds at the site at `at`, as a set of strings. One query."""
    return set(Membership.objects.active(at).filter(user=user, site=site).values_list("role", flat=True))


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
    """Patients this request may see: those linked now to a site where the user holds one of the view's roles.

    Of a merged person every record is seen by whoever sees one of them.
    """
    mine = patients_at([site.pk for site in sites_for(request)])
    glass = glass_here(request)
    return Patient.objects.filter(Q(pk__in=mine.values("pk")) | Q(person=glass.patient.person_id)) if glass else mine


def glass_here(request):
    """The open emergency look this request may look through: only to read, only where the page allows it."""
    glass = getattr(request, "glass", None)
    return glass if glass and request.door.by_glass and request.method in ("GET", "HEAD") else None


def is_through_glass(request, patient):
    """Whether this page shows this patient's record, with that of other sites, to an open emergency look."""
    glass = glass_here(request)
    return glass is not None and patient.person_id == glass.patient.person_id


def patients_at(site_ids):
    """Patients linked now to one of these sites, with all records of the same person."""
    here = PatientSite.objects.filter(site__in=site_ids, until__isnull=True)
    return Patient.objects.filter(person__in=here.values("patient__person"))


_here = Prepared(lambda of: patients_at(of.list("sites")).filter(pk=of("pk")).select_related("person"))


def get_patient_or_404(request, pk):
    """The patient, through the door, and the look recorded. The id of a merged record leads to the one that is kept."""
    found = _patient(request, pk)
    return _looked_at(request, found.person if found.is_merged else found)


def _patient(request, pk):
    sites = [site.pk for site in sites_for(request)]
    if glass_here(request) or not sites:
        return _first_or_404(patients_for(request).filter(pk=pk).select_related("person"))
    found = _here.first(pk=Patient._meta.pk.to_python(pk), sites=sites)
    if found is None:
        raise Http404
    return found


def get_record_or_404(request, pk):
    """Exactly this record, merged or not, for the pages about records themselves; the look recorded."""
    return _looked_at(request, _first_or_404(patients_for(request).filter(pk=pk)))


def _looked_at(request, patient):
    return looked_at(request, patient, patient)


def get_for_patient_or_404(request, queryset, *, path="patient"):
    """One row of a record that belongs to a patient (`path` leads to them), through the door; the look recorded.

    The row's own `site`, where the model has one, must be a site of the user's too.
    """
    sites = [site.pk for site in sites_for(request)]
    row = _first_or_404(queryset.filter(**{f"{path}__in": patients_for(request)}))
    site_id = getattr(row, "site_id", None)
    patient = row
    for step in path.split("__"):
        patient = getattr(patient, step)
    if site_id is not None and site_id not in sites and not is_through_glass(request, patient):
        raise Http404
    return looked_at(request, row, patient)


def looked_at(request, row, patient):
    """The row, which came through a door, with the look recorded."""
    detail = {"break_glass": str(request.glass.pk)} if is_through_glass(request, patient) else None
    audit.looked(request, _verb(request), row, patient=patient, site=request.site, detail=detail)
    return row


LOOK_SECONDS = 600  # so long one row stands for what refreshes by itself


def look_of(request, key, verb, subject=None, *, patient=None):
    """Record a look at what refreshes by itself: once in ten minutes for this sign-in, not at every refresh."""
    looks, now = request.session.get("looks", {}), clock.now().timestamp()
    if now - looks.get(str(key), 0) <= LOOK_SECONDS:
        audit.need_no_row(request, verb)
        return
    fresh = {k: at for k, at in looks.items() if now - at <= LOOK_SECONDS}
    request.session["looks"] = fresh | {str(key): now}
    audit.looked(request, verb, subject, patient=patient, site=request.site)


def note_look(request):
    """The row of a page whose view fetched nothing through a door: a list, a form. Every look leaves one."""
    if audit.has_looked(request):
        return
    verb, patient = _verb(request), getattr(request, "patient", None)
    if request.headers.get("HX-Request"):
        look_of(request, verb, verb, patient=patient)
    else:
        audit.looked(request, verb, patient=patient, site=request.site)


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
    what = "take" if getattr(getattr(match, "func", None), "takes", False) else "look"
    return f"{what} {match.view_name}" if match else what
