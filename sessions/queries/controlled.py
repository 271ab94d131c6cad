"""Which drugs are drawn from a container at a site."""

from sessions.models import Container
from sessions.rules.controlled import is_controlled


def controlled_at(site):
    """A test of a drug's name: scheduled by law, or one that this site keeps containers of. One query."""
    kept = frozenset(Container.objects.filter(site=site).values_list("drug", flat=True).distinct())
    return lambda drug: is_controlled(drug, kept)
