"""What appeared since a patient was approved: to decide, decided, for the eyes; and what was overridden before."""

from dataclasses import dataclass

from clinic import access
from clinic.presenters.banner import banner
from intake import questions
from intake.actions.findings import SESSION
from intake.forms.assessment import SettleForm
from intake.known import known_of
from intake.models import Finding
from intake.presenters.found import choices_for, shown_findings
from intake.queries import current_approval
from intake.rules import levels
from intake.rules.comparing import is_settled
from intake.rules.engine import GATING
from intake.rules.findings import BY_CODE
from intake.rules.verdicts import verdicts


@dataclass(frozen=True, slots=True)
class Page:
    """The lists of the page, each of Shown findings."""

    to_decide: list
    decided: list
    others: list
    gone: list
    overridden: list


def context(request, patient, *, at, bound=None):
    """Everything the page shows. The rules are run for it, and nothing is written."""
    site = request.site
    approval = current_approval(patient)
    known = known_of(patient, site=site, at=at)
    approved = list(approval.assessment.findings.in_force().select_related("resolved_by")) if approval else []
    since = list(Finding.objects.since_approval(patient).select_related("resolved_by"))
    page = _page(since, list(Finding.objects.overridden(patient)))
    for item in [*page.to_decide, *page.decided]:
        item.form = bound if bound is not None and bound.key == item.key else _form(item)
    live = [row for row in since if row.ended_at is None]
    return {
        "patient": patient,
        "banner": banner(request, patient),
        "page": page,
        "approval": approval,
        "is_valid": approval is not None and approval.is_valid(at.astimezone(site.zone).date()),
        "verdicts": list(verdicts([*approved, *live], known.conditions).values()),
        "inferred": [(questions.label_of(fact), why) for fact, why in known.inferred],
        "off": [(BY_CODE[code], level) for code, level in known.levels.items() if level == levels.OFF],
        "visit": next((row.occasion_id for row in reversed(since) if row.occasion_kind == SESSION), None),
        "can_decide": access.has_role(request, "prescriber"),
        "sentence": sentence(page, approval, patient),
    }


def _page(since, overridden):
    live = [row for row in since if row.ended_at is None]
    gating = [row for row in live if row.would_be in GATING]
    return Page(
        to_decide=shown_findings([row for row in gating if not is_settled(row)]),
        decided=shown_findings([row for row in gating if is_settled(row)]),
        others=shown_findings([row for row in live if row.would_be not in GATING]),
        gone=shown_findings([row for row in since if row.ended_at is not None]),
        overridden=overridden,
    )


def sentence(page, approval, patient):
    """The title: what waits for the prescriber."""
    count = len(page.to_decide)
    if count:
        return f"{count} new finding{'s' if count > 1 else ''} to decide before {patient.short_name} is treated"
    if approval is None:
        return f"{patient.short_name} is not approved yet"
    return f"Nothing new stands in the way for {patient.short_name}"


def _form(item):
    return SettleForm(key=item.key, choices=choices_for(item.findings), initial={"stamp": item.stamp})
