"""The mail room: what the local catcher kept. In development only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access
from clinic.dev import mail


@require_safe
@access.public
def index(request: HttpRequest) -> HttpResponse:
    """List the newest messages, of one address where `to` is given."""
    to = request.GET.get("to", "").strip()
    return render(request, "dev/mail_list.html", {"messages_kept": mail.newest(to), "to": to})


@require_safe
@access.public
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one message as text, its links to follow."""
    kept = mail.find(name)
    if kept is None:
        raise Http404("No such message.")
    return render(request, "dev/mail_show.html", {"kept": kept})
