"""A calendar of one's own bookings: the page that makes its address, and the address itself."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock, links
from followup.actions.feeds import end_feed, make_feed
from followup.presenters.feeds import feed_text
from followup.queries.feeds import feed_by_token, feed_of, note_look

GUESSES, GUESS_SECONDS = 60, 600


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request):
    """Whether there is an address, and a new one on demand: it is shown this once."""
    address = ""
    if request.method == "POST":
        _, token = make_feed(by=request.user)
        address = settings.BASE_URL.rstrip("/") + reverse("followup:feed", args=[token])
    context = {"feed": feed_of(request.user), "address": address}
    return render(request, "followup/calendar_feed.html", context)


@access.staff(*access.CARE_TEAM)
@require_POST
def revoke(request):
    """End the address: calendars that read it get nothing any more."""
    if end_feed(by=request.user):
        messages.success(request, "The address has ended. Take the calendar out of your program.")
    return redirect("followup:calendar-feed")


@access.public
@require_safe
def feed(request, token):
    """The bookings of whoever this address belongs to, as iCalendar."""
    at = clock.now()
    found = feed_by_token(token, at)
    if found is None:
        address = request.META.get("REMOTE_ADDR", "")
        too_often = links.too_many("feed", address, amount=GUESSES, seconds=GUESS_SECONDS)
        return HttpResponse(status=429 if too_often else 404)
    note_look(found)
    return _as_calendar(request, feed_text(found, at))


def _as_calendar(request, text):
    """304 when nothing but the stamp of the moment has changed."""
    same = "\n".join(line for line in text.splitlines() if not line.startswith("DTSTAMP"))
    etag = quote_etag(links.digest(same))
    response = HttpResponse(status=304) if request.headers.get("If-None-Match") == etag else HttpResponse(text)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
