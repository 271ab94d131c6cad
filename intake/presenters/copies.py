"""What a copy of a consent says: the exact words, who signed how and when, and the fingerprint of the words."""

from django.utils.translation import gettext

from intake.rules.consents import paragraphs

BOX = (600, 200)


def copy_context(signature, site):
    """The context of the copy's template. Times are the site's own, with the name of its zone."""
    at = signature.signed_at.astimezone(site.zone)
    return {
        "signature": signature,
        "text": signature.text,
        "clinic_site": site,
        "paragraphs": paragraphs(signature.text.body),
        "strokes": polylines(signature.drawing),
        "signed_at": at,
        "meaning": gettext("I have read this and I agree."),
        "zone_words": f"{at.tzname()}, UTC{_offset(at)}",
    }


def polylines(drawing):
    """The strokes of a drawing as the points of SVG polylines: "10,20 30,40"; a dot becomes a short line."""
    strokes = [stroke if len(stroke) > 1 else [stroke[0], [stroke[0][0] + 1, stroke[0][1]]] for stroke in drawing or []]
    return [" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes]


def _offset(at):
    text = at.strftime("%z")
    return f"{text[:3]}:{text[3:]}"
