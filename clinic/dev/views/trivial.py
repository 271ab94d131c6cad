"""A view that does nothing: what the server, the middleware and the network cost by themselves."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from clinic.access import public


@public
@require_GET
def show(request):
    """One word."""
    return HttpResponse("ok", content_type="text/plain")
