"""The language switch of pages that have no form of their own, such as errors."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic import language
from clinic.access import public_for_patients


@public_for_patients
@language.keeps_typed
@require_POST
def set_language(request):
    """Go back to the page, which now speaks the language chosen: the door has kept the choice."""
    there = request.POST.get("next", "")
    is_ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return HttpResponseRedirect(there if is_ours else "/p/", status=303)
