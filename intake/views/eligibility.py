"""The rules of eligibility: read them, set how much one weighs here."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clinic import clock
from clinic.access import CLINICIANS, staff
from clinic.refusal import Conflict, Refused
from intake.actions.levels import set_rule_level
from intake.forms.levels import LevelForm
from intake.presenters import eligibility as presenters
from intake.rules.findings import BY_CODE
from intake.rules.levels import offered


@staff(*CLINICIANS)
@require_safe
def show_list(request):
    """All rules, heaviest first."""
    return render(request, "intake/rule_list.html", presenters.rule_list(request, clock.now()))


@staff(*CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, code):
    """One rule in full with its history; a prescriber may set its level."""
    if code not in BY_CODE:
        raise Http404
    rule, status, conflict = BY_CODE[code], 200, None
    context = presenters.rule_show(request, rule, clock.now())
    now = context["row"].level
    form = LevelForm(request.POST or None, choices=offered(rule), initial={"level": now, "now": now})
    if request.method == "POST":
        if not context["can_set"]:
            raise PermissionDenied("Only a prescriber can change the level of a rule.")
        status, conflict = _set(request, rule, form)
        if status == 302:
            return redirect("intake:rule-show", code)
    return render(request, "intake/rule_show.html", context | {"form": form, "conflict": conflict}, status=status)


def _set(request, rule, form):
    """(302 when it was set, else 422 or 409, the conflict)."""
    if not form.is_valid():
        return 422, None
    try:
        row = set_rule_level(rule=rule, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        form.data = form.data.copy() | {"now": conflict.current}
        return 409, conflict
    except Refused as refused:
        form.add_refusal(refused)
        return 422, None
    messages.success(request, f"The rule weighs “{row.get_level_display()}” from now on.")
    return 302, None
