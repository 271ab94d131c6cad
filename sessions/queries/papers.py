"""Who typed in what others had charted."""

from clinic.models import User


def typists(entries):
    """Entry id -> name of who sent it, where that is not who recorded it. No query where everybody sent their own."""
    sent = {e.id: e.sent_by_id for e in entries if e.sent_by_id not in (None, e.recorded_by_id)}
    names = dict(User.objects.filter(pk__in=set(sent.values())).values_list("pk", "name")) if sent else {}
    return {entry: names[user] for entry, user in sent.items()}
