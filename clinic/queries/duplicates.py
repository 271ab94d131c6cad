"""Pairs of records that may be one person: found by SQL over what two records of one person share.

Every pair that shares a date of birth, a phone number or an e-mail address is looked at, and every pair with the same
initials whose dates of birth differ by one part (a slip of the keyboard) or have day and month swapped; of those, names
must be alike by trigrams. Records that share none of these are not compared: among ten thousand patients that would be
fifty million pairs.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from clinic.models import DuplicateNote, Patient, PatientMerge

MOST = 500  # more than anybody reads; the likeliest come first
# Trigram similarity of whole names, 0 to 1; clinic defaults (unverified defaults).
ALIKE_WITH_BIRTH, ALIKE_WITH_CONTACT, ALIKE_NEARLY = 0.3, 0.5, 0.6

# A block is all records that share something; one of more than this many tells nothing (a hotel's phone number).
MOST_IN_A_BLOCK = 60

# Blocks are made by grouping and unfolded to pairs, not by joining the list with itself: the planner can't know how few
# share anything, and would compare all with all.
PAIRS = """
WITH mine AS (
  SELECT p.id, to_char(p.born_on, 'YYYY') AS y, to_char(p.born_on, 'MM') AS m, to_char(p.born_on, 'DD') AS d,
         p.phone_digits AS phone, lower(p.email) AS email,
         lower(least(left(p.family_name, 1), left(p.given_name, 1))
               || greatest(left(p.family_name, 1), left(p.given_name, 1))) AS i
    FROM clinic_patient p
   WHERE p.person_id = p.id AND p.id = ANY(%(ids)s)
), block AS (
  SELECT array_agg(mine.id) AS ids
    FROM mine, LATERAL (VALUES
      ('birth ' || y || m || d), ('phone ' || nullif(phone, '')), ('email ' || nullif(email, '')),
      ('year, month ' || i || y || m), ('year, day ' || i || y || d), ('month, day ' || i || m || d),
      ('swapped ' || i || y || least(m, d) || greatest(m, d))) AS shared (key)
   WHERE key IS NOT NULL
   GROUP BY key COLLATE "C" HAVING count(*) BETWEEN 2 AND %(block)s
), near AS (
  SELECT DISTINCT one, two FROM block, unnest(ids) AS one, unnest(ids) AS two WHERE one < two
), judged AS MATERIALIZED (
  SELECT n.one, n.two, similarity(a.search_text, b.search_text) AS alike, a.born_on = b.born_on AS same_birth,
         a.phone_digits = b.phone_digits AND a.phone_digits <> '' AS same_phone,
         lower(a.email) = lower(b.email) AND a.email <> '' AS same_email
    FROM near n JOIN clinic_patient a ON a.id = n.one JOIN clinic_patient b ON b.id = n.two
), likely AS (
  SELECT *, least(99, round(50 * alike + CASE WHEN same_birth THEN 35 ELSE 10 END
                            + CASE WHEN same_phone THEN 10 ELSE 0 END
                            + CASE WHEN same_email THEN 10 ELSE 0 END))::int AS score
    FROM judged
   WHERE (same_birth AND alike >= %(birth)s)
      OR ((same_phone OR same_email) AND alike >= %(contact)s)
      OR alike >= %(nearly)s
)
SELECT l.one, l.two, l.alike, l.same_birth, l.same_phone, l.same_email, l.score, said.verb, said.words, said.noted_at
  FROM likely l
  LEFT JOIN LATERAL (
    SELECT n.verb, n.words, n.noted_at FROM clinic_duplicatenote n
     WHERE n.one_id = l.one AND n.two_id = l.two ORDER BY n.noted_at DESC LIMIT 1
  ) said ON true
 WHERE said.verb IS DISTINCT FROM 'dismissed'
 ORDER BY (said.verb = 'proposed') IS TRUE DESC, l.score DESC, l.one, l.two
 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person. `score` 0 to 99 only orders them; `said` is the newest word on them."""

    one: UUID
    two: UUID
    alike: float
    same_birth: bool
    same_phone: bool
    same_email: bool
    score: int
    said: str = ""
    words: str = ""
    said_at: datetime | None = None

    @property
    def reasons(self) -> str:
        """Why they may be one person, in words."""
        birth = "same date of birth" if self.same_birth else ""
        name = "the same name" if self.alike == 1 else "a like name"
        near = (
            "" if self.same_birth or self.same_phone or self.same_email else "a date of birth that differs in one part"
        )
        contact = ["same phone" if self.same_phone else "", "same e-mail" if self.same_email else ""]
        return ", ".join(filter(None, (birth, name, near, *contact)))


def likely_pairs(patients) -> list[Pair]:
    """The likeliest pairs among these patients (a queryset), proposed ones first, dismissed ones left out. One query
    beside that of the ids.
    """
    ids = list(patients.values_list("pk", flat=True))
    known = {"birth": ALIKE_WITH_BIRTH, "contact": ALIKE_WITH_CONTACT, "nearly": ALIKE_NEARLY}
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"ids": ids, "most": MOST, "block": MOST_IN_A_BLOCK, **known})
        return [Pair(*row[:7], row[7] or "", row[8] or "", row[9]) for row in cursor.fetchall()]


def newest_notes(patients, verb):
    """The newest note of each pair of these patients where it is of this verb, newest first, with people."""
    newest = DuplicateNote.objects.order_by("one_id", "two_id", "-noted_at").distinct("one_id", "two_id").values("pk")
    rows = DuplicateNote.objects.filter(pk__in=newest, verb=verb, one__in=patients, two__in=patients)
    return rows.select_related("one", "two", "noted_by").order_by("-noted_at")


def pair_of(one: Patient, two: Patient) -> tuple[Patient, Patient]:
    """The two in the order in which a pair is kept."""
    return (one, two) if one.pk < two.pk else (two, one)


def merges_of(patients):
    """Merges in force of these patients, newest first, with people."""
    rows = PatientMerge.objects.filter(kept__in=patients, undone_at__isnull=True)
    return rows.select_related("kept", "merged", "merged_by").order_by("-merged_at")


def merge_by_id(pk):
    """One merge as a queryset, for the access door."""
    return PatientMerge.objects.filter(pk=pk).select_related("kept", "merged", "merged_by", "undone_by")
