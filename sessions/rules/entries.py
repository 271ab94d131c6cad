"""Which entries count: an entry is superseded by at most one other, and a strike takes it off without a successor."""

OBSERVATION, CORRECTION, STRIKE = "observation", "correction", "strike"


def effective(entries):
    """The entries that count, in the order in which things happened (observed, then recorded).

    `entries` carry `id`, `role`, `supersedes_id`, `observed_at`, `seq`. A chain of corrections leaves only its last
    one; a strike leaves none. The order in which the entries arrive does not matter.
    """
    superseded = {e.supersedes_id for e in entries if e.supersedes_id}
    left = [e for e in entries if e.id not in superseded and e.role != STRIKE]
    return sorted(left, key=lambda e: (e.observed_at, e.seq))


def of_kind(entries, *kinds):
    """Those of the given kinds, in the same order."""
    return [e for e in entries if e.kind in kinds]
