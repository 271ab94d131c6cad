"""What is asked of emergency looks, of access to review and of who works where. Reads only."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.http import Http404

from clinic.models import (
    AccessCheck,
    AccessReview,
    AuditEvent,
    BreakGlass,
    Membership,
    Patient,
    PatientSite,
    Role,
    Site,
    User,
)
from clinic.rules import glass as rules

REVIEWERS = (Role.CLINIC_ADMIN.value, Role.AUDITOR.value)


def open_glass(*, pk, user, at) -> BreakGlass | None:
    """This emergency look of this person, while it is open. One query."""
    return BreakGlass.objects.open_at(at).filter(pk=pk, user=user).select_related("patient", "site").first()


def glasses_of(user, at) -> list[BreakGlass]:
    """Every emergency look of this person that is open now."""
    return list(BreakGlass.objects.open_at(at).filter(user=user))


def named(*, given_name: str, family_name: str, born_on) -> list[Patient]:
    """The persons of exactly this name and date of birth, wherever they are seen; merged records as the kept one.

    The given name may be the one they go by. Upper and lower case count as the same, nothing else does.
    """
    family, given = family_name.strip().lower(), given_name.strip().lower()
    rows = Patient.objects.annotate(
        family=Lower("family_name"), given=Lower("given_name"), called=Lower("preferred_name")
    )
    rows = rows.filter(Q(given=given) | Q(called=given) & ~Q(called=""), family=family, born_on=born_on)
    return list({row.person_id: row.person for row in rows.select_related("person")}.values())


def misses_of(user, at) -> int:
    """How often this person lately named somebody for an emergency look whom no record matched."""
    since = at - rules.MISSES_WITHIN
    return AuditEvent.objects.filter(user=user, verb="glass.missed", at__gt=since).count()


def reviews_at(sites):
    """Access to review of people of these sites, and of looks at patients of these sites; the newest first."""
    ids = [site.pk for site in sites]
    theirs = PatientSite.objects.filter(site__in=ids, until__isnull=True).values("patient__person")
    rows = AccessReview.objects.filter(Q(site__in=ids) | Q(patient__person__in=theirs))
    return rows.select_related("user", "site", "patient", "glass__ending__ended_by", "taken_by", "settled_by")


def waiting_at(sites):
    """Those that nobody has settled, the longest due first."""
    return reviews_at(sites).exclude(state="settled").order_by("due_at")


def review_or_404(sites, pk) -> AccessReview:
    """One review of these sites."""
    return _one_or_404(reviews_at(sites).filter(pk=pk))


def colleague_or_404(sites, pk, at) -> User:
    """Somebody who works at one of these sites now."""
    here = Membership.objects.active(at).filter(site__in=[site.pk for site in sites])
    return _one_or_404(User.objects.filter(pk=pk, memberships__in=here, is_active=True).distinct())


def _one_or_404(rows):
    row = rows.first()
    if row is None:
        raise Http404
    return row


def looks_through(glass) -> list[AuditEvent]:
    """What was opened through an emergency look, in order."""
    rows = AuditEvent.objects.filter(user=glass.user_id, at__gte=glass.opened_at, detail__break_glass=str(glass.pk))
    return list(rows.order_by("at", "id"))


def homes_of(patient) -> list[Site]:
    """The sites where this person is seen now."""
    here = PatientSite.objects.filter(patient__person=patient.person_id, until__isnull=True)
    return list(Site.objects.filter(pk__in=here.values("site")).order_by("name"))


def judging_roles(review, user, at) -> set[str]:
    """The roles held where a review may be judged: at the site of the person it is about, or of the patient."""
    sites = {review.site_id} | ({site.pk for site in homes_of(review.patient)} if review.patient else set())
    return set(Membership.objects.active(at).filter(user=user, site__in=sites).values_list("role", flat=True))


def reviewers_of(site, at, *, but=None) -> list[User]:
    """Who is told of odd access at a site: its clinic admins and auditors, never the person it is about."""
    held = Membership.objects.active(at).filter(site=site, role__in=REVIEWERS, user__is_active=True)
    return list(User.objects.filter(memberships__in=held).exclude(pk=getattr(but, "pk", None)).distinct())


def people_at(site, at):
    """Everyone with access to a site now, by name, with what an access check looks at.

    Annotated: `last_seen` (last entry in the audit), `has_factor`, and `held`: their memberships there, in a list.
    """
    here = Membership.objects.active(at).filter(site=site)
    seen = AuditEvent.objects.filter(user=OuterRef("pk"), actor_kind="user").order_by("-at").values("at")[:1]
    factor = User.objects.filter(pk=OuterRef("pk"), authenticator__isnull=False)
    rows = User.objects.filter(memberships__in=here, is_active=True).distinct().order_by("name")
    people = list(rows.annotate(last_seen=Subquery(seen), has_factor=Exists(factor)))
    roles = {}
    for one in here.order_by("since"):
        roles.setdefault(one.user_id, []).append(one)
    for person in people:
        person.held = roles.get(person.pk, [])
    return people


def gone_from(site, at, *, days=90):
    """Memberships of a site that ended lately, the newest first."""
    rows = Membership.objects.filter(site=site, until__lte=at, until__gt=at - timedelta(days=days))
    return list(rows.select_related("user").order_by("-until"))


def last_check(site) -> AccessCheck | None:
    """The last time somebody went through the list."""
    return AccessCheck.objects.filter(site=site).select_related("checked_by").first()


def busy_since(since):
    """(user, patients) of everyone with a look since then: how many different patients each opened. One query."""
    looks = AuditEvent.objects.filter(at__gt=since, is_look=True, actor_kind="user", patient__isnull=False)
    return looks.values("user").annotate(count=Count("patient__person", distinct=True)).values_list("user", "count")


def refused_since(since):
    """(user, pages) of everyone who was refused pages since then. One query."""
    rows = AuditEvent.objects.filter(at__gt=since, verb__startswith="denied ", user__isnull=False)
    return rows.values("user").annotate(count=Count("pk")).values_list("user", "count")


def files_since(since):
    """(user, files) of everyone who took files out since then. One query."""
    ends = Q(verb__startswith="take ")
    for end in ("-csv", "-pdf", "-file", "-copy"):
        ends |= Q(verb__endswith=end)
    return _counted_looks(since, ends)


def searches_since(since):
    """(user, searches) of everyone who searched for patients since then. One query."""
    return _counted_looks(since, Q(verb__in=("find patients", "look likely duplicates")))


def _counted_looks(since, query):
    rows = AuditEvent.objects.filter(query, at__gt=since, is_look=True, actor_kind="user")
    return rows.values("user").annotate(count=Count("pk")).values_list("user", "count")
