"""When patients hear from the clinic: read by the care team, set up by the clinic's admins."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock
from clinic.models import Role
from clinic.refusal import Refused
from followup.actions import reminder_rules
from followup.forms.reminders import RuleForm, SwitchForm
from followup.presenters.reminders import reminder_page
from followup.queries.reminders import rule_or_404

READERS = (*access.CARE_TEAM, Role.CLINIC_ADMIN.value)


@access.staff(*READERS)
@require_safe
def show_list(request):
    """The rules of this site, with the moments they mean for a visit."""
    may_change = access.has_role(request, Role.CLINIC_ADMIN)
    audit.looked(request, "look reminder rules", site=request.site)
    context = {"page": reminder_page(request.site, clock.now()), "may_change": may_change}
    return render(request, "followup/reminder_list.html", context)


@access.staff(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """A rule of this site's own."""
    return _edited(request, RuleForm(request.POST if request.method == "POST" else None), None)


@access.staff(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    """Change a rule at this site; one of all sites stays as it is for the others."""
    rule = rule_or_404(request, pk)
    return _edited(request, RuleForm(request.POST if request.method == "POST" else None, rule=rule), rule)


def _edited(request, form, rule):
    if request.method == "POST" and _saved(request, form):
        messages.success(request, "Saved. The messages of visits ahead are worked out anew within a minute.")
        return redirect("followup:reminder-list")
    context = {"form": form, "rule": rule}
    return render(request, "followup/reminder_edit.html", context, status=422 if form.errors else 200)


def _saved(request, form):
    if not form.is_valid():
        return False
    try:
        form.save(site=request.site, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return False
    return True


@access.staff(Role.CLINIC_ADMIN)
@require_POST
def switch(request, pk):
    """On or off, at this site only."""
    rule, form = rule_or_404(request, pk), SwitchForm(request.POST)
    if not form.is_valid():
        return redirect("followup:reminder-list")
    is_on = form.cleaned_data["on"]
    reminder_rules.switch_rule(rule=rule, site=request.site, is_on=is_on, by=request.user)
    messages.success(request, f"Switched {'on' if is_on else 'off'} at {request.site.name}.")
    return redirect("followup:reminder-list")
