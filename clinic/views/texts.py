"""The words of the messages that go out: read here, changed in the admin."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access
from clinic.models import Role
from clinic.notify.kinds import KINDS
from clinic.presenters.texts import text_list, text_page

READERS = (*access.CARE_TEAM, Role.CLINIC_ADMIN.value)


@access.staff(*READERS)
@require_safe
def show_list(request):
    """Every kind of message."""
    return render(request, "clinic/text_list.html", {"lines": text_list()})


@access.staff(*READERS)
@require_safe
def show(request, kind):
    """One kind in every language and by every channel, filled with nobody's data."""
    if kind not in KINDS:
        raise Http404
    context = {"kind": KINDS[kind], "views": text_page(kind), "may_change": access.has_role(request, Role.CLINIC_ADMIN)}
    return render(request, "clinic/text_show.html", context)
