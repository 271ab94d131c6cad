"""The work of a site: alerts that wait for a name, tasks by their time. The front desk reads neutral words."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse

from clinic import access
from clinic.models import Alert, Role, Task
from clinic.models.base import CLINICAL, MENTAL

A_PAGE = 25
ROLES = dict(Role.choices)
FILTERS = (("mine", "For me"), ("all", "Everybody's"), ("done", "Done"))
# Where a task leads: by kind, else by what it is about; the page's own id or the patient's.
BY_KIND = {"booking": ("followup:visit-book", "patient_id"), "talk": ("followup:talk-show", "subject_id")}
BY_SUBJECT = {
    "clinic.course": ("followup:course-show", "subject_id"),
    "clinic.appointment": ("followup:visit-show", "subject_id"),
    "followup.diaryentry": ("followup:diary-show", "subject_id"),
    "followup.followupcontact": ("followup:contact-show", "subject_id"),
    "followup.questionround": ("followup:round-show", "subject_id"),
    "followup.talk": ("followup:talk-show", "subject_id"),
    "followup.callnote": ("followup:call-list", "patient_id"),
    "treatment_sessions.infusionsession": ("sessions:session-show", "subject_id"),
    "treatment_sessions.dischargerequest": ("sessions:discharge-decide", "subject_id"),
    "treatment_sessions.entry": ("sessions:event-show", "subject_id"),
    "clinic.amendmentrequest": ("clinic:amendment-show", "subject_id"),
    "clinic.user": ("followup:shift-show", "subject_id"),
    "clinic.testorder": ("clinic:test-show", "subject_id"),
    "intake.packet": ("intake:packet-show", "subject_id"),
    "clinic.consentsignature": ("intake:patient-consents", "patient_id"),
    "clinic.consenttext": ("intake:consent-renewals", "subject_id"),
    "intake.finding": ("intake:patient-findings", "patient_id"),
    "clinic.patient": ("followup:patient-safety", "patient_id"),
    "followup.progressletter": ("followup:progress-letter", "subject_id"),
    "intake.nursequestion": ("intake:patient-education", "patient_id"),
}


@dataclass(frozen=True)
class Line:
    """One task or alert as this reader may read it."""

    row: Task | Alert
    words: str
    details: str
    url: str
    is_overdue: bool = False
    may_finish: bool = False

    @property
    def resend_url(self) -> str:
        """Where one tap sends the link again that this task is about; "" for other tasks and finished ones."""
        is_link = self.row.subject_kind == "clinic.patientlink" and self.row.state == "open"
        return reverse("clinic:link-resend", args=[self.row.subject_id]) if is_link else ""

    @property
    def role(self) -> str:
        """Who is asked, in words."""
        return ROLES.get(self.row.for_role, self.row.for_role).lower()


@dataclass(frozen=True)
class Work:
    """The page: alerts open and taken, one page of tasks, the filter in force and how many each holds."""

    alerts: list[Line]
    taken: list[Line]
    tasks: list[Line]
    page_obj: Page
    shown: str
    filters: list[tuple[str, str, int]]


def work_of(request, at) -> Work:
    """Alerts and one page of tasks of the current site. At most six queries."""
    shown = request.GET.get("show") if request.GET.get("show") in dict(FILTERS) else "mine"
    tasks = Task.objects.filter(site=request.site)
    counts = tasks.aggregate(
        mine=Count("pk", filter=Q(state="open", for_role__in=request.roles)),
        all=Count("pk", filter=Q(state="open")),
        done=Count("pk", filter=Q(state="done")),
    )
    page = Paginator(_shown(tasks, shown, request.roles), A_PAGE).get_page(request.GET.get("page"))
    alerts = Alert.objects.filter(site=request.site).exclude(state="closed")
    lines = [_alert_line(request, a) for a in alerts.select_related("patient", "acknowledged_by").order_by("raised_at")]
    return Work(
        alerts=[line for line in lines if line.row.state == "open"],
        taken=[line for line in lines if line.row.state == "acknowledged"],
        tasks=[_task_line(request, task, at) for task in page],
        page_obj=page,
        shown=shown,
        filters=[(code, label, counts[code]) for code, label in FILTERS],
    )


def _shown(tasks, shown, roles):
    related = tasks.select_related("patient", "done_by")
    if shown == "done":
        return related.filter(state="done").order_by("-done_at")
    open_ones = related.filter(state="open").order_by("due_at", "opened_at")
    return open_ones.filter(for_role__in=roles) if shown == "mine" else open_ones


def _alert_line(request, alert: Alert) -> Line:
    sees = access.sees(request, MENTAL)
    words = f"{alert.get_kind_display()}: {alert.words}" if sees else alert.neutral_words
    return Line(alert, words, alert.done_words if sees else "", url_of(request, alert))


def _task_line(request, task: Task, at) -> Line:
    sees = access.sees(request, MENTAL)
    return Line(
        task,
        task.title if sees else task.neutral_title,
        task.details if sees else "",
        url_of(request, task),
        task.state == "open" and task.due_at < at,
        task.state == "open" and (task.for_role in request.roles or access.sees(request, CLINICAL)),
    )


def task_line(request, task: Task, at) -> Line:
    """One task as this reader may read it."""
    return _task_line(request, task, at)


def url_of(request, task: Task | Alert) -> str:
    """Where a task or an alert leads this reader: what it is about, else the patient; "" for neither."""
    name, field = BY_KIND.get(task.kind) or BY_SUBJECT.get(task.subject_kind) or ("", "")
    if not name or (task.kind not in BY_KIND and not access.sees(request, CLINICAL)):
        return _patient_url(task)
    try:
        return reverse(name, args=[getattr(task, field)])
    except NoReverseMatch:
        return _patient_url(task)


def _patient_url(row) -> str:
    if row.patient_id is None:
        return ""
    try:
        return reverse("followup:patient-show", args=[row.patient_id])
    except NoReverseMatch:
        return ""


def task_or_404(request, pk) -> Task:
    """A task of one of the reader's sites; a patient's one counts as a look."""
    return _one(request, Task.objects.filter(pk=pk).select_related("patient", "site", "done_by"))


def alert_or_404(request, pk) -> Alert:
    """An alert of one of the reader's sites; it counts as a look."""
    related = ("patient", "site", "acknowledged_by", "closed_by")
    return _one(request, Alert.objects.filter(pk=pk).select_related(*related))


def _one(request, queryset):
    return access.one_at_my_sites_or_404(request, queryset)
