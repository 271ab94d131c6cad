"""What the schedule's page and its live fragment share: the day or week, the choices, the visit that moves or moved."""

from urllib.parse import urlencode

from clinic import access
from followup.presenters.schedule import CHAIR, day_page
from followup.presenters.visits import as_visit, with_held
from followup.presenters.week import week_page
from followup.queries.schedule import last_move

CAN_MOVE = ("booked", "confirmed")


def calendar_context(request, said, at, *, moving=None, moved=None):
    """The context of the schedule; `said`: the cleaned choices, all of them optional."""
    today = at.astimezone(request.site.zone).date()
    day, view, by = said.get("day") or today, said.get("view") or "day", said.get("by") or CHAIR
    moving = moving if moving is not None and moving.state in CAN_MOVE else None
    context = {"day": day, "view": view, "by": by, "now": at, "today": today}
    context["city"] = request.site.zone_name.rsplit("/", 1)[-1].replace("_", " ")
    context["may_book"] = bool(request.roles & set(access.CARE_TEAM))
    context["moving"] = as_visit(request, with_held(moving), at) if moving and context["may_book"] else None
    context["undo"] = _undo(request, moved, at) if moved and context["may_book"] else None
    kept = {"by": by} | ({"moving": moving.pk} if context["moving"] else {})
    context["kept"] = urlencode(kept)
    context["query"] = urlencode({"day": day.isoformat(), "view": view} | kept)
    row = moving if context["moving"] else None
    if view == "week":
        return context | {"week": week_page(request, day, at, by=by, moving=row)}
    return context | {"page": day_page(request, day, at, by=by, moving=row)}


def _undo(request, moved, at):
    """The visit that has just been moved by this user, with from where; None when it can't be taken back."""
    last = last_move(moved, request.user, at)
    if last is None or last.detail.get("version") != moved.version or moved.state not in CAN_MOVE:
        return None
    return {"visit": as_visit(request, with_held(moved), at), "move": last}
