"""Who works at a site and what they may open; access to review, one by one and in a list."""

from dataclasses import dataclass
from datetime import datetime

from clinic import words
from clinic.models import AccessReview, Role
from clinic.queries import access_reviews as queries
from clinic.rules import access_reviews as rules
from clinic.rules import glass as glass_rules
from clinic.rules import staff
from clinic.rules.cells import as_csv

NEVER = "never"
# What each role opens, in a sentence: the whole of it, page by page, stands in docs/access.md.
MAY = {
    Role.FRONT_DESK: "Names, contact and visits. Nothing clinical, no scores, no notes.",
    Role.NURSE: "The whole record of patients of this site; charts infusions.",
    Role.PRESCRIBER: "The whole record of patients of this site; decides, orders and signs.",
    Role.CLINIC_ADMIN: "Names, visits, settings, people and this list. Nothing clinical.",
    Role.AUDITOR: "Names and the audit, to read. Nothing clinical, changes nothing.",
}


@dataclass(frozen=True)
class Line:
    """One person with access: roles, since when, last seen, whether a second factor is set up."""

    user: object
    roles: str
    since: datetime
    seen: str
    has_factor: bool
    may_end: bool


@dataclass(frozen=True)
class ListPage:
    """Everyone with access to a site, who lost it lately, and when the list was last gone through."""

    lines: list
    gone: list
    checked: object
    is_due: bool
    may: list


def list_page(site, *, by, own_roles, at) -> ListPage:
    """The people of a site as `by` may see and change them. Six queries."""
    lines = [_line(user, by, own_roles, at) for user in queries.people_at(site, at)]
    checked = queries.last_check(site)
    due = rules.is_check_due(checked.checked_at if checked else None, at)
    return ListPage(lines, queries.gone_from(site, at), checked, due, [(role.label, MAY[role]) for role in Role])


def _line(user, by, own_roles, at):
    refused = (
        staff.against_membership(
            actor_id=by.pk, subject_id=user.pk, actor_roles=own_roles, actor_superuser=by.is_superuser,
            subject_superuser=user.is_superuser, role=one.role,
        )
        for one in user.held
    )  # fmt: skip
    return Line(
        user,
        ", ".join(one.get_role_display() for one in user.held),
        min(one.since for one in user.held),
        words.age_words(user.last_seen, at) if user.last_seen else NEVER,
        user.has_factor,
        not any(refused),
    )


def list_csv(page: ListPage, zone) -> str:
    """The same list as a table for a file."""
    head = ("Name", "E-mail", "Roles", "Since", "Last seen", "Second factor")
    return as_csv(
        head,
        (
            (one.user.display_name, one.user.email, one.roles, words.clinic_date(one.since.astimezone(zone).date()),
             one.seen, "yes" if one.has_factor else "no")
            for one in page.lines
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class ReviewLine:
    """One review in the list."""

    review: AccessReview
    late: bool
    is_open_look: bool


def review_lines(reviews, at) -> list[ReviewLine]:
    """Reviews as the list shows them. No query."""
    return [
        ReviewLine(one, one.state != "settled" and one.due_at < at, bool(one.glass and one.glass.is_open(at)))
        for one in reviews
    ]


@dataclass(frozen=True)
class ReviewPage:
    """One review with what is needed to judge it."""

    review: AccessReview
    looks: list
    is_open_look: bool
    minutes_left: int
    may_judge: bool
    facts: list


def review_page(review, *, by, at) -> ReviewPage:
    """One review, what was opened through it, and whether `by` may judge it. At most four queries."""
    glass, is_own = review.glass, review.user_id == by.pk
    may = rules.can_judge(roles=queries.judging_roles(review, by, at), is_own=is_own)
    looks = [(row.at, _page_of(row.verb)) for row in queries.looks_through(glass)] if glass else []
    left = glass_rules.minutes_left(glass.until, at) if glass and glass.is_open(at) else 0
    return ReviewPage(review, looks, left > 0, left, may and review.state != "settled", _facts(review))


def _page_of(verb):
    """A look in the words of its page: "look followup:patient-show" reads "patient show"."""
    return verb.partition(":")[2].replace("-", " ") or verb


def _facts(review):
    found = [("Who", f"{review.user.display_name}, {review.site}")]
    if review.glass:
        found += [("As", Role(review.glass.role).label), ("Why", review.glass.get_why_display())]
        found.append(("In their words", review.glass.words))
    figures = review.figures
    if "odd" in figures:
        found.append(("The bounds", f"odd from {figures['odd']}, stopped above {figures['stop']}"))
    return found
