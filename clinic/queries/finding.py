"""Patients by the words of their names, as the one search box asks: by index alone, however many there are.

What begins as it was typed is read in the order it is shown and no further than it is shown; what has it in the middle,
or is spelled otherwise, is first looked up among the distinct words of all names, which are few.
"""

from django.db import connection

from clinic.rules import finding

MOST = 20
INSIDE_WORDS = 100  # distinct words that have it in their middle
ALIKE_WORDS = 8
DRIVERS = 2  # of the typed words that are looked up first, one after the other
ALIKE = 0.35  # trigram similarity of two words, 0 to 1; clinic default (unverified default)

BEGINS = """
SELECT hit.patient_id FROM unnest(%(sites)s::uuid[]) AS s (site), LATERAL (
  (SELECT 1 AS place, h.word, h.line, h.patient_id FROM clinic_searchword h
    WHERE h.site_id = s.site AND h.part = 0 AND h.word LIKE %(begins)s AND h.line LIKE ALL (%(others)s::text[])
    ORDER BY h.word, h.line LIMIT %(most)s)
  UNION ALL
  (SELECT 2, h.word, h.line, h.patient_id FROM clinic_searchword h
    WHERE h.site_id = s.site AND h.part = 1 AND h.word LIKE %(begins)s AND h.line LIKE ALL (%(others)s::text[])
    ORDER BY h.word, h.line LIMIT %(most)s)) AS hit
 GROUP BY hit.patient_id ORDER BY min(hit.place), min(hit.line) LIMIT %(most)s
"""
INSIDE = """
SELECT hit.patient_id FROM unnest(%(sites)s::uuid[]) AS s (site),
  (SELECT word FROM clinic_nameword WHERE word LIKE %(inside)s AND word NOT LIKE %(begins)s
    ORDER BY word LIMIT %(words)s) AS w,
  LATERAL (SELECT h.line, h.patient_id FROM clinic_searchword h
    WHERE h.site_id = s.site AND h.part IN (0, 1) AND h.word = w.word AND h.line LIKE ALL (%(others)s::text[])
    ORDER BY h.line LIMIT %(most)s) AS hit
 GROUP BY hit.patient_id ORDER BY min(hit.line) LIMIT %(most)s
"""
KNOWN = "SELECT word FROM clinic_nameword WHERE word = ANY (%(words)s::text[])"
NEAR = """
SELECT typed.word, near.word FROM unnest(%(words)s::text[]) AS typed (word), LATERAL (
  SELECT n.word FROM clinic_nameword n WHERE n.word %% typed.word AND similarity(n.word, typed.word) >= %(alike)s
   ORDER BY similarity(n.word, typed.word) DESC, n.word LIMIT %(most)s) AS near
"""
EITHER = """
SELECT hit.patient_id FROM unnest(%(sites)s::uuid[]) AS s (site),
  unnest(%(words)s::text[]) WITH ORDINALITY AS w (word, rank), LATERAL (
    SELECT h.line, h.patient_id FROM clinic_searchword h
     WHERE h.site_id = s.site AND h.part IN (0, 1) AND h.word = w.word AND {others}
     ORDER BY h.line LIMIT %(most)s) AS hit
 GROUP BY hit.patient_id ORDER BY min(w.rank), min(hit.line) LIMIT %(most)s
"""


def by_words(sites, words):
    """Ids of at most 20 patients at these sites (ids) whose name has all these words (folded, longest first).

    Family names that begin so first, then given names, then names that have it in their middle.
    """
    values = {"sites": _ids(sites), "most": MOST, "begins": f"{_plain(words[0])}%", "others": _has(words[1:])}
    found = _column(BEGINS, values)
    if len(found) < MOST and len(words[0]) >= finding.LEAST_INSIDE:
        inside = {"inside": f"%_{_plain(words[0])}%", "words": INSIDE_WORDS}
        found += _column(INSIDE, values | inside)
    return list(dict.fromkeys(found))[:MOST]


def by_like_words(sites, words):
    """Ids of at most 20 patients at these sites whose name has words like these: one slip away, else alike by trigrams.

    Of several typed words any may be the one with the slip.
    """
    for alike in (_one_slip, _by_trigrams):
        near = alike(words)
        for word in words[:DRIVERS] if any(near.values()) else ():
            found = _like(sites, word, near)
            if found:
                return found
    return []


def _like(sites, word, near):
    patterns = [[*_has([other]), *(f"% {_plain(one)} %" for one in near[other])] for other in near if other != word]
    names = {f"other_{n}": these for n, these in enumerate(patterns)}
    wanted = " AND ".join(f"h.line LIKE ANY (%({name})s::text[])" for name in names) or "true"
    values = {"sites": _ids(sites), "words": [word, *near[word]], "most": MOST}
    return _column(EITHER.format(others=wanted), values | names)


def _one_slip(words):
    slips = {word: set(finding.slips(word)) for word in words}
    known = set(_column(KNOWN, {"words": sorted(set().union(*slips.values()))}))
    return {word: sorted(made & known) for word, made in slips.items()}


def _by_trigrams(words):
    found = _rows(NEAR, {"words": list(words), "alike": ALIKE, "most": ALIKE_WORDS})
    return {word: [near for typed, near in found if typed == word] for word in words}


def _has(words):
    return [f"%{_plain(word)}%" for word in words]


def _plain(word):
    """A word in which nothing is a wildcard."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _ids(sites):
    return [str(site) for site in sites]


def _column(sql, values):
    return [row[0] for row in _rows(sql, values)]


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
