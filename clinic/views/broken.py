"""What people are told when a request can't be carried out: a row is held too long, the database is away, or we broke.

Django calls `broken` for every exception that no view answered. It asks neither the database nor the session: those may
be what is broken. Whatever the trouble, the transaction was rolled back: nothing was saved by half.
"""

import sys

import psycopg2
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

HELD, SLOW, AWAY, SHUT = "held", "slow", "away", "shut"
SAID = {
    "55P03": HELD,  # lock not available within lock_timeout
    "40P01": HELD,  # deadlock
    "40001": HELD,  # serialization failure
    "57014": SLOW,  # statement_timeout
    "25006": SHUT,  # read only: a standby, or a guarded disk
    "53100": SHUT,  # disk full
}
SECONDS = {HELD: 2, SLOW: 10, AWAY: 5, SHUT: 30}  # after which trying again makes sense


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 503 with what to do when the database is the reason, else 500; the number leads to the log's line."""
    why = reason(sys.exc_info()[1])
    number = getattr(request, "id", "")
    if not why:
        page = get_template("500.html").template.source
        return HttpResponse(page.replace("(number)", number or "none"), status=500)
    page = get_template("503.html").render({"why": why, "number": number, "is_read": request.method in {"GET", "HEAD"}})
    return HttpResponse(page, status=503, headers={"Retry-After": str(SECONDS[why])})


def reason(problem: BaseException | None) -> str:
    """Say in one word what ails the database, "" when it is not the database's doing.

    A connection that broke or was never made carries no code, or one of class 08, 53 or 57P.
    """
    if type(problem) is DatabaseError and isinstance(problem.__cause__, psycopg2.Error):
        return "" if problem.__cause__.pgcode else AWAY  # cut off in the middle of an answer: psycopg2 knows no better
    if not isinstance(problem, OperationalError | InterfaceError | InternalError):
        return ""
    code = getattr(problem.__cause__, "pgcode", None) or ""
    if code in SAID:
        return SAID[code]
    if isinstance(problem, InternalError):
        return ""
    return AWAY if not code or code.startswith(("08", "53", "57P")) else ""
