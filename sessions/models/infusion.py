"""A session in a chair: what it belongs to, who answers for it, its phase and how it ended."""

import pghistory
import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import JSONObject

from clinic.models import CourseLimit
from clinic.models.base import CLINICAL, PERSONAL, SAFE, Row, Xid8Field, both_or_neither, by_xact, stay_put
from intake.consents import lacking
from intake.education import is_prepared
from intake.models import Approval, Assessment, Finding
from sessions.models.before import EquipmentCheck
from sessions.rules import phases

# What a gate needs of a finding that appeared after the approval.
# What a decision about going home says.
HOME = ("allows", "codes", "other_way", "reason", "decided_at")
NEW = JSONObject(rule="rule", level="level", reason="reason", resolution="resolution")


class SessionSet(models.QuerySet):
    def open(self):
        """Sessions that have not ended."""
        return self.filter(ended_at__isnull=True)

    def at_site(self, site):
        return self.filter(site=site)

    def with_people(self):
        """All that a board row or a banner names, in one query."""
        return self.select_related(
            "patient",
            "site",
            "chair",
            "course",
            "appointment",
            "protocol_version__protocol",
            "responsible_nurse",
            "responsible_prescriber",
        )

    def with_gate_facts(self, day):
        """What the gates ask of the floors below, in the same query.

        `lacks_<kind>` of each consent that treatment rests on, `prepared` (for a first infusion: the sheet was read
        or explained), `approved` (on `day`, a local date), `open_findings` (reasons, of the newest assessment),
        `new_findings` (dicts, since the approval, settled ones too), `own_limits` (dicts, newest first),
        `equipment_today` (the site's newest check of the day as a dict, or None),
        `home_decision` (a dict, the newest), `sheet_given_at`.
        """
        mine = models.OuterRef("patient__person")
        consents = {f"lacks_{kind}": lacks for kind, lacks in lacking(models.OuterRef("patient__person")).items()}
        earlier = InfusionSession.objects.filter(
            patient__person=models.OuterRef("patient__person"), started_at__isnull=False
        ).exclude(pk=models.OuterRef("pk"))
        newest = Approval.objects.filter(patient__person=mine).order_by("-approved_at").values("pk")[:1]
        approvals = Approval.objects.filter(
            patient__person=mine, pk=models.Subquery(newest), revoked_at__isnull=True, valid_until__gte=day
        )
        last = Assessment.objects.filter(patient__person=mine).order_by("-started_at").values("pk")[:1]
        findings = Finding.objects.filter(patient__person=mine, assessment=models.Subquery(last)).unsettled_gates()
        limits = CourseLimit.objects.filter(course=models.OuterRef("course")).order_by("-set_at")
        said = JSONObject(measure="measure", level="level", low="low", high="high")
        checked = EquipmentCheck.objects.filter(site=models.OuterRef("site"), day=day).order_by("-checked_at")
        return self.annotate(
            **consents,
            prepared=models.Case(
                models.When(models.Exists(earlier), then=True),
                default=is_prepared(models.OuterRef("patient__person")),
                output_field=models.BooleanField(),
            ),
            approved=models.Exists(approvals),
            open_findings=ArraySubquery(findings.values("reason")),
            new_findings=ArraySubquery(Finding.objects.at_visit(mine, models.OuterRef("pk")).values(said=NEW)),
            own_limits=ArraySubquery(limits.values(said=said)),
            equipment_today=models.Subquery(checked.values(said=JSONObject(in_order="in_order", items="items"))[:1]),
            home_decision=models.Subquery(self._newest_decision()),
            sheet_given_at=models.Subquery(self._newest_sheet()),
        )

    @staticmethod
    def _newest_decision():
        """The newest decision about going home as a dict."""
        mine = InfusionSession.objects.filter(pk=models.OuterRef("pk"), discharge_decisions__isnull=False)
        said = {name: f"discharge_decisions__{name}" for name in HOME}
        return mine.order_by("-discharge_decisions__decided_at").values(said=JSONObject(**said))[:1]

    @staticmethod
    def _newest_sheet():
        """When the sheet to take home was handed over last."""
        mine = InfusionSession.objects.filter(pk=models.OuterRef("pk"), aftercare_sheets__isnull=False)
        return mine.order_by("-aftercare_sheets__given_at").values("aftercare_sheets__given_at")[:1]


@pghistory.track(exclude=["version", "last_seq"])
class InfusionSession(Row):
    """`phase`, `started_at` and `stopped_at` follow the entries and are kept here for lists; the entries are the truth.

    `version` grows with every write to the session: pages ask with it and get 304 when nothing is new.
    """

    CLASSIFY = {
        "number": CLINICAL,
        "phase": SAFE,
        "ending": CLINICAL,
        "version": SAFE,
        "checked_in_at": SAFE,
        "started_at": SAFE,
        "stopped_at": SAFE,
        "ended_at": SAFE,
        "signed_at": SAFE,
        "last_seq": SAFE,
    }

    appointment = models.OneToOneField("clinic.Appointment", models.PROTECT, related_name="infusion_session")
    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="infusion_sessions")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="infusion_sessions")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="infusion_sessions")
    chair = models.ForeignKey("clinic.Chair", models.PROTECT, null=True, blank=True, related_name="infusion_sessions")
    number = models.PositiveSmallIntegerField()
    protocol_version = models.ForeignKey("clinic.ProtocolVersion", models.PROTECT, related_name="infusion_sessions")
    phase = models.CharField(max_length=12, choices=phases.MACHINE.choices, default=phases.MACHINE.start)
    ending = models.CharField(max_length=16, blank=True, choices=[(k, e.label) for k, e in phases.ENDINGS.items()])
    responsible_nurse = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    responsible_prescriber = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    last_seq = models.PositiveIntegerField(default=0)
    checked_in_at = models.DateTimeField()
    checked_in_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SessionSet.as_manager()

    class Meta:
        ordering = ["-checked_in_at"]
        indexes = [models.Index(fields=["site", "checked_in_at"], name="session_by_site_day")]
        constraints = [
            phases.MACHINE.known("phase"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_at__isnull=True), name="session_one_open_per_patient"
            ),
            models.UniqueConstraint(
                fields=["course", "number"], condition=~Q(ending="not_started"), name="session_number_once"
            ),
            both_or_neither("session", "ended"),
            both_or_neither("session", "signed"),
            models.CheckConstraint(
                condition=Q(phase="ended", ended_at__isnull=False) & ~Q(ending="")
                | ~Q(phase="ended") & Q(ended_at__isnull=True, ending=""),
                name="session_ended_has_ending",
            ),
            models.CheckConstraint(
                condition=Q(ending="") | Q(ending__in=list(phases.ENDINGS)), name="session_ending_known"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(ended_at__isnull=False), name="session_signed_after_end"
            ),
        ]
        triggers = [
            phases.MACHINE.trigger("phase"),
            pgtrigger.Protect(
                name="session_signed_is_locked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_at__isnull=False)
                & (
                    pgtrigger.Q(old__phase__df=pgtrigger.F("new__phase"))
                    | pgtrigger.Q(old__ending__df=pgtrigger.F("new__ending"))
                    | pgtrigger.Q(old__signed_at__df=pgtrigger.F("new__signed_at"))
                    | pgtrigger.Q(old__signed_by__df=pgtrigger.F("new__signed_by"))
                    | pgtrigger.Q(old__ended_at__df=pgtrigger.F("new__ended_at"))
                    | pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient"))
                    | pgtrigger.Q(old__protocol_version__df=pgtrigger.F("new__protocol_version"))
                ),
            ),
            pgtrigger.Protect(
                name="session_belongs_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient"))
                | pgtrigger.Q(old__appointment__df=pgtrigger.F("new__appointment"))
                | pgtrigger.Q(old__protocol_version__df=pgtrigger.F("new__protocol_version")),
            ),
        ]

    def __str__(self):
        return f"Infusion {self.number}"

    @property
    def is_open(self):
        return self.ended_at is None

    @property
    def is_signed(self):
        return self.signed_at is not None


class Handover(Row):
    """One nurse gives the session to another."""

    append_only = True
    CLASSIFY = {"handed_at": SAFE, "note": CLINICAL, "summary": CLINICAL, "xact": SAFE}

    session = models.ForeignKey(InfusionSession, models.PROTECT, related_name="handovers")
    from_nurse = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    to_nurse = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    summary = models.JSONField(default=list, blank=True, help_text="[name, words] as they stood at that moment.")
    xact = Xid8Field()

    class Meta:
        ordering = ["handed_at"]
        constraints = [models.CheckConstraint(condition=~Q(from_nurse=F("to_nurse")), name="handover_to_another")]
        triggers = [stay_put("handover_stays")]


class CheckAnswer(Row):
    """One answer of the checklist; a later answer to the same code replaces it and both stay.

    A prescriber's override of a start gate is a row with the gate's code and a reason.
    """

    append_only = True
    CLASSIFY = {
        "code": SAFE,
        "answer": CLINICAL,
        "detail": CLINICAL,
        "answered_at": SAFE,
        "override_reason": CLINICAL,
        "xact": SAFE,
    }

    session = models.ForeignKey(InfusionSession, models.PROTECT, related_name="check_answers")
    code = models.CharField(max_length=24)
    answer = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    override_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["answered_at", "id"]
        indexes = [models.Index(fields=["session", "code"], name="check_answer_of_session"), by_xact("answer_by_xact")]
        constraints = [
            models.CheckConstraint(condition=~Q(answer="", override_reason=""), name="check_answer_or_override"),
        ]
        triggers = [stay_put("check_answer_stays")]


class Ending(Row):
    """How a session ended, with the facts that this ending needs; which ones, `sessions.rules.phases.ENDINGS` says."""

    append_only = True
    CLASSIFY = {
        "kind": CLINICAL,
        "ended_at": SAFE,
        "reason": CLINICAL,
        "criteria": CLINICAL,
        "override_reason": CLINICAL,
        "escort_arrived_at": SAFE,
        "other_way_home": PERSONAL,
        "instructions_given": SAFE,
        "line_out": CLINICAL,
        "advice": CLINICAL,
        "risks": CLINICAL,
        "printed_name": PERSONAL,
        "drawing": PERSONAL,
        "capacity": CLINICAL,
        "form": SAFE,
        "told": PERSONAL,
        "to_where": PERSONAL,
        "taken_by": PERSONAL,
        "handed_to": PERSONAL,
        "died_at": CLINICAL,
        "pronounced_by": PERSONAL,
        "xact": SAFE,
    }

    session = models.OneToOneField(InfusionSession, models.PROTECT, related_name="ending_facts")
    kind = models.CharField(max_length=16, choices=[(k, e.label) for k, e in phases.ENDINGS.items()])
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    # completed, stopped early
    criteria = models.JSONField(default=list, blank=True, help_text="[code, label, met, words] as judged then.")
    override_reason = models.TextField(blank=True)
    override_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    escort_arrived_at = models.DateTimeField(null=True, blank=True)
    other_way_home = models.CharField(max_length=200, blank=True)
    instructions_given = models.BooleanField(null=True, blank=True)
    line_out = models.BooleanField(null=True, blank=True)
    # against advice
    advice = models.TextField(blank=True)
    risks = models.TextField(blank=True, help_text="The risks of leaving that were told, in words.")
    capacity = models.CharField(
        max_length=20,
        blank=True,
        choices=[("able", "Able to decide"), ("doubtful", "Doubtful"), ("not_able", "Not able to decide")],
    )
    form = models.CharField(max_length=10, blank=True, choices=[("signed", "Signed"), ("refused", "Refused to sign")])
    printed_name = models.CharField(max_length=160, blank=True)
    drawing = models.JSONField(null=True, blank=True, help_text="Strokes of [x, y] in a 600 x 200 box.")
    witness = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    told = models.CharField(max_length=200, blank=True)
    # transferred
    to_where = models.CharField(max_length=200, blank=True)
    taken_by = models.CharField(max_length=120, blank=True)
    handed_to = models.CharField(max_length=120, blank=True)
    # died
    died_at = models.DateTimeField(null=True, blank=True)
    pronounced_by = models.CharField(max_length=120, blank=True)
    xact = Xid8Field()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="completed") | Q(kind="died") | ~Q(reason="") | Q(kind="against_advice"),
                name="ending_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="against_advice")
                | ~Q(advice="") & ~Q(capacity="") & ~Q(form="") & ~Q(told="") & Q(line_out__isnull=False),
                name="ending_against_advice_facts",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=F("ended_by")), name="ending_witness_is_another"
            ),
            models.CheckConstraint(
                condition=~Q(kind="transferred") | ~Q(to_where="") & ~Q(taken_by="") & ~Q(handed_to=""),
                name="ending_transferred_facts",
            ),
            models.CheckConstraint(
                condition=~Q(kind="died") | Q(died_at__isnull=False) & ~Q(pronounced_by="") & ~Q(told=""),
                name="ending_died_facts",
            ),
            models.CheckConstraint(
                condition=Q(override_reason="", override_by__isnull=True)
                | ~Q(override_reason="") & Q(override_by__isnull=False),
                name="ending_override_has_reason",
            ),
        ]
        triggers = [stay_put("ending_stays")]
