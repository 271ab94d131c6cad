"""Checking the record against its seals: every row, every link, every head that left the database, everything signed.

Reads only. A problem names the table and the key of the row that was touched, never a person.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from clinic.models import AuditEvent, Seal, SealRecipe
from clinic.models.base import as_number
from clinic.queries import heads as outside
from clinic.queries import seals, signed
from clinic.rules import seals as rules
from clinic.words import clinic_date

AUDIT = "clinic.AuditEvent"
AT_ONCE = 2_000
WINDOW = 200_000  # transactions
RECENT = timedelta(hours=25)


@dataclass
class Verdict:
    """What a check found. `unsealed`: rows no seal covers yet; `oldest`: when the oldest of the audit was written."""

    problems: list = field(default_factory=list)
    seals: int = 0
    rows: int = 0
    documents: int = 0
    heads: int = 0
    unsealed: int = 0
    oldest: object = None

    @property
    def holds(self):
        """Is everything that is sealed or signed as it was?"""
        return not self.problems


def verify(*, at, recent=False, folder=None, keys=(), every_file=False) -> Verdict:
    """Check everything, or with `recent` what was sealed and signed in the last day.

    `folder`: where the files of heads lie (None: not looked at), `keys` the public keys that may have signed them,
    `every_file`: a file the database knows of and that is not there is a problem too.
    """
    since = at - RECENT if recent else None
    verdict = Verdict()
    _Walk(verdict, since).walk()
    for told in signed.check_all(since):
        verdict.documents += 1
        if not told.holds:
            verdict.problems.append(f"{told.kind} {told.pk}: not what was signed")
    if folder is not None:
        verdict.heads, wrong = outside.check(folder, keys, every_file)
        verdict.problems += wrong
    waits = seals.waiting()
    verdict.unsealed, verdict.oldest = waits.count, waits.oldest
    return verdict


class _Walk:
    """Along every chain, link by link; the rows under the links in batches of one table."""

    def __init__(self, verdict, since):
        self.verdict, self.since = verdict, since
        self.recipes = {row.pk: row for row in SealRecipe.objects.all()}
        self.cluster = seals.place().cluster
        self.upto = seals.frontier(self.cluster) or 0
        self.low = self._low()
        self.held = defaultdict(list)  # (label, columns) -> [(leaf, seal's words, sealed before)]
        self.found = defaultdict(int)  # label -> rows between `low` and `upto` that are as sealed or changed
        times = Seal.objects.filter(cluster=self.cluster, carried=False).order_by("upto_xact")
        self.times = list(times.values_list("upto_xact", "made_at").distinct())

    def _low(self):
        rows = Seal.objects.filter(cluster=self.cluster, carried=False)
        first = rows.filter(made_at__gte=self.since).order_by("from_xact").first() if self.since else None
        return (first.from_xact if first else self.upto) if self.since else 0

    def walk(self):
        """All chains; then the rows that no seal knows."""
        for recipe in self.recipes.values():
            if rules.recipe_digest(recipe.tables) != recipe.digest:
                self.verdict.problems.append(f"clinic.SealRecipe {recipe.pk}: changed")
        for site_id in Seal.objects.order_by().values_list("site", flat=True).distinct():
            self._chain(site_id)
        for key in list(self.held):
            self._flush(key)
        for label in seals.sealed_models():
            self._inserted(label)

    def _chain(self, site_id):
        rows = Seal.objects.filter(site=site_id).select_related("site").order_by("number")
        rows = rows.filter(made_at__gte=self.since) if self.since else rows
        number, previous = 1, rules.GENESIS
        for count, seal in enumerate(rows.iterator(chunk_size=100)):
            if self.since and not count:
                before = Seal.objects.filter(site=site_id, number=seal.number - 1).first()
                number, previous = seal.number, before.head if before else rules.GENESIS
            self._link(seal, number, previous)
            number, previous = seal.number + 1, seal.head

    def _link(self, seal, number, previous):
        self.verdict.seals += 1
        recipe = self.recipes[seal.recipe_id]
        name = seal.site.name if seal.site else "rows without a site"
        wrong = rules.broken_link(seal, recipe.digest, previous=previous, number=number)
        if wrong:
            self.verdict.problems.append(f"chain of {name}: {wrong}")
        if len(seal.leaves) % rules.LEAF.size:
            return
        words = f"seal {seal.number} of {name}, {clinic_date(seal.made_at)} {seal.made_at:%H:%M} UTC"
        for leaf in rules.unpack(seal.leaves):
            self._leaf(leaf, seal, recipe, words)

    def _leaf(self, leaf, seal, recipe, words):
        if leaf.table >= len(recipe.tables):
            return
        label, columns = recipe.tables[leaf.table]
        key = (label, tuple(columns))
        self.held[key].append((leaf, words, None if seal.carried else self._made_before(seal)))
        if len(self.held[key]) >= AT_ONCE:
            self._flush(key)

    def _made_before(self, seal):
        """When the seal before this one, of whatever chain, was made."""
        place = bisect_right(self.times, seal.from_xact, key=lambda row: row[0])
        return self.times[place - 1][1] if place and seal.cluster == self.cluster else None

    def _flush(self, key):
        (label, columns), held = key, self.held.pop(key)
        gone = seals.missing_columns(label, columns)
        if gone:
            self.verdict.problems.append(f"{label}: can't be checked, {', '.join(gone)} is gone")
            return
        now = seals.hashes_of(label, columns, [leaf.pk for leaf, _, _ in held])
        said = _times_of(now) if label == AUDIT else {}
        for leaf, words, before in held:
            self.verdict.rows += 1
            problem = self._judge(leaf, now.get(leaf.pk), before, said)
            if problem:
                self.verdict.problems.append(f"{label} {leaf.pk}: {problem} ({words})")
            if leaf.pk in now and self.low <= now[leaf.pk][1] < self.upto:
                self.found[label] += 1

    def _judge(self, leaf, now, before, said):
        if now is None:
            return "deleted"
        if now[0] != leaf.digest:
            return "changed"
        late = leaf.pk in said and rules.is_backdated(said[leaf.pk], before)
        return "written later than it says" if late else ""

    def _inserted(self, label):
        """Rows of transactions that are sealed, under no seal: counted first, looked for when the count is off."""
        model, by, _ = seals.sealed_models()[label]
        rows = model.objects.annotate(xid=as_number(by)).filter(xid__gte=self.low, xid__lt=self.upto)
        if rows.count() == self.found[label]:
            return
        for start in range(self.low, self.upto, WINDOW):
            end = min(start + WINDOW, self.upto)
            known = seals.known_between(start, end)
            for pk in rows.filter(xid__gte=start, xid__lt=end).values_list("pk", flat=True):
                if (label, pk) not in known:
                    self.verdict.problems.append(f"{label} {pk}: put in past the application, under no seal")


def _times_of(keys):
    return dict(AuditEvent.objects.filter(pk__in=list(keys)).values_list("pk", "at"))
