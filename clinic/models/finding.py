"""What the one search box looks in: the words of names, kept by the database beside the patients themselves.

Derived: triggers write these rows whenever a name, a merge or the site of a patient changes, so nothing refers to them
and any of them can be made anew by touching the patient's row of sites.
"""

from string import Template

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from clinic.models.base import PERSONAL, SAFE, Row

# Accents and apostrophes off, then small letters: as `clinic.rules.finding.fold` does with what is typed.
FOLD = r"lower(regexp_replace(normalize($text, NFD), E'[\u0300-\u036f''\u2019.]', '', 'g'))"
GAPS = r"E'[\\s\u2010-\u2015,;-]+'"

WORDS = Template(
    Template(r"""
  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,
         left(' ' || regexp_replace($line, $gaps, ' ', 'g') || ' ', 800) AS line
    FROM clinic_patient p
   CROSS JOIN LATERAL (VALUES (0, $family), (1, $given)) AS part (n, text)
   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word
                         FROM regexp_split_to_table(part.text, $gaps) AS word WHERE word <> '') AS found
   WHERE $$who
""").substitute(
        gaps=GAPS,
        line=Template(FOLD).substitute(text="p.family_name || ' ' || p.given_name || ' ' || p.preferred_name"),
        family=Template(FOLD).substitute(text="p.family_name"),
        given=Template(FOLD).substitute(text="p.given_name || ' ' || p.preferred_name"),
    )
)
PLACES = """
  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id
   WHERE s.until IS NULL AND r.person_id = ANY(who)"""
WRITE = Template("""
  INSERT INTO clinic_nameword (id, word)
    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM ($words) w ORDER BY word) one
    ON CONFLICT (word) DO NOTHING;
  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)
    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line
      FROM ($words) w JOIN ($places) place USING (person_id)
    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;
""")
# Of the persons in the variable `who`, a trigger's.
ANEW = Template("""
  $which
  IF who IS NULL THEN RETURN NULL; END IF;
  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);
  $write
  RETURN NULL;
""")
WRITTEN = WRITE.substitute(words=WORDS.substitute(who="p.person_id = ANY(who)"), places=PLACES)
OF_SITES = ANEW.substitute(
    write=WRITTEN,
    which="SELECT array_agg(DISTINCT p.person_id) INTO who"
    " FROM new_rows n JOIN clinic_patient p ON p.id = n.patient_id;",
)
OF_NAMES = ANEW.substitute(
    write=WRITTEN,
    which="""SELECT array_agg(DISTINCT one.person) INTO who
    FROM old_rows o JOIN new_rows n USING (id) CROSS JOIN LATERAL (VALUES (o.person_id), (n.person_id)) AS one (person)
   WHERE (o.family_name, o.given_name, o.preferred_name, o.person_id)
         IS DISTINCT FROM (n.family_name, n.given_name, n.preferred_name, n.person_id);""",
)


def follow(name, operation, func):
    """A statement's trigger that writes the words of everybody it touched anew."""
    both = {"old": "old_rows", "new": "new_rows"} if operation is pgtrigger.Update else {"new": "new_rows"}
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**both),
        declare=[("who", "uuid[]")],
        func=func,
    )


class NameWord(Row):
    """Each word of any name once: where a slip of the keyboard, or the middle of a name, is looked up."""

    CLASSIFY = {"word": PERSONAL}

    word = models.TextField(unique=True, db_collation="C")

    class Meta:
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="name_word_trgm")]

    def __str__(self):
        return self.word


class SearchWord(Row):
    """One word of a patient's name at one site where they may be seen. `line` is the whole name, each word in blanks.

    `part` 0: family name, 1: given and preferred name. The index gives the words that begin so in the order they are
    shown, and can be read alone.
    """

    may_delete = True
    CLASSIFY = {"part": SAFE, "word": PERSONAL, "line": PERSONAL}

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField()
    word = models.TextField(db_collation="C")
    line = models.TextField(db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "part", "word", "line", "patient"], name="search_word_once")
        ]

    def __str__(self):
        return self.word
