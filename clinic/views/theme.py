"""The look of this device: light, dark, dim, or as the device says."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic.access import public
from clinic.context import THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 3600


@public
@require_POST
def set_theme(request):
    """Remember the look in a cookie and go back to the page; without a known choice, as the device says."""
    response = HttpResponseRedirect(_back(request))
    theme = request.POST.get("theme", "")
    if theme and theme in dict(THEMES):
        response.set_cookie(
            THEME_COOKIE, theme, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def _back(request):
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith("/") else "/"
