"""How a deed page goes: show, refuse in place with everything typed kept (422), say what changed (409), act, go on."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clinic.refusal import Conflict, Refused
from sessions.presenters.frame import frame


def deed(request, session, form, words, *, template="sessions/deed.html", then="sessions:session-show", **context):
    """One page with one form. `words` is a Words; `then` a url name of the session, or a function of what was saved."""
    status = 200
    if request.method == "POST":
        saved, status = attempt(request, form)
        if status == 302:
            return _on(request, session, saved, words, then)
    page = {"form": form, "words": words, "has_errors": status != 200, **frame(request, session), **context}
    return render(request, template, page, status=status)


def site_deed(request, form, words, *, template, then, **context):
    """The same for a page about a site and no session; `then` is the address, or a function of what was saved."""
    status = 200
    if request.method == "POST":
        saved, status = attempt(request, form)
        if status == 302:
            messages.success(request, words.done)
            return HttpResponseRedirect(then(saved) if callable(then) else then)
    page = {"form": form, "words": words, "has_errors": status != 200, **context}
    return render(request, template, page, status=status)


def typed(request):
    """What a form is bound to: the POST, also an empty one; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(request, form):
    """(what was saved, 302), or (None, 422 or 409) with the reasons on the form."""
    if not form.is_valid():
        return None, 422
    try:
        return form.save(request), 302
    except Conflict as conflict:
        form.take(conflict)
        return None, 409
    except Refused as refused:
        form.take(refused)
        return None, 422


def _on(request, session, saved, words, then):
    if words.done:
        messages.success(request, words.done)
    where = then(saved) if callable(then) else reverse(then, args=[session.pk])
    return HttpResponseRedirect(where)
