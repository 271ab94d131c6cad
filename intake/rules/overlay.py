"""What counts as said: the first answers, pages answered again laid over them, staff's corrections over those. Pure.

Nothing is changed by it: each layer stays as it was given, and the review shows them side by side.
"""

from intake.rules.returned import NOTE, in_force


def said_by_page(pages, supplements):
    """Page slug -> the patient's newest answers. A page answered again counts whole; drafts don't count.

    ``pages`` have ``slug``, ``answers`` and ``is_done``; ``supplements`` besides ``sent_at`` (None until sent).
    """
    said = {row.slug: row.answers for row in pages if row.is_done}
    return said | {row.slug: row.answers for row in sent_in_order(supplements)}


def sent_in_order(supplements):
    """The supplements that were sent, oldest first."""
    return sorted((row for row in supplements if row.sent_at is not None), key=lambda row: row.sent_at)


def answered_again(supplements):
    """Page slug -> when it was last answered again."""
    return {row.slug: row.sent_at for row in sent_in_order(supplements)}


def newest_by_code(corrections):
    """Question code -> its newest row that says or takes back a value; notes beside don't count."""
    rows = sorted((row for row in corrections if row.kind != NOTE), key=lambda row: row.corrected_at)
    return {row.code: row for row in rows}


def corrections_in_force(corrections, supplements):
    """Question code -> the correction that stands over what the patient said."""
    again = answered_again(supplements)
    return {code: row for code, row in newest_by_code(corrections).items() if in_force(row, again.get(row.slug))}


def verified_by_page(pages, supplements, corrections):
    """Page slug -> answers with the corrections in force over the patient's newest words."""
    said = said_by_page(pages, supplements)
    for code, row in corrections_in_force(corrections, supplements).items():
        said[row.slug] = said.get(row.slug, {}) | {code: row.value}
    return said
