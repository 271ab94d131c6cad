"""An approval made by hand knows nothing: what the rules find in its empty packet is settled, as a prescriber would."""

from clinic import clock
from intake.known import known_of
from intake.models import Finding
from intake.rules.engine import ASSESSMENT


def settle_all(assessment, *, by, at=None):
    """Write every finding of this unsigned assessment as checked and settled; returns them."""
    at, packet = at or clock.now(), assessment.packet
    verdicts = known_of(packet.patient, site=packet.site, at=at, packet=packet).find(ASSESSMENT)
    return Finding.objects.bulk_create(
        Finding(
            patient=assessment.patient,
            assessment=assessment,
            rule=v.rule,
            rule_version=v.rule_version,
            level=v.level,
            would_be=v.would_be,
            default_level=v.default_level,
            stage=v.stage,
            reason=v.reason,
            neutral=v.neutral,
            fact=v.fact,
            facts=list(v.facts),
            value=v.value,
            source=v.source,
            found_at=at,
            position=place,
            resolution="not_so",
            resolution_reason="Asked on the phone: it does not apply.",
            resolved_at=at,
            resolved_by=by,
        )
        for place, v in enumerate(verdicts)
    )
