"""A pump's rate in words."""

from clinic.words import figure
from sessions.rules.dose import shown


def rate_words(drug):
    """ "Ketamine 0.4 mg/kg/h - 32 mg/h - 16 mL/h", or paused / stopped."""
    name = drug.drug.capitalize()
    if drug.phase != "running":
        return f"{name} {drug.phase}"
    per_kg = f"{figure(shown(drug.rate_mg_kg_h))} mg/kg/h" if drug.rate_mg_kg_h is not None else ""
    parts = [
        f"{name} {per_kg}".strip(),
        f"{figure(shown(drug.rate_mg_h))} mg/h",
        f"{figure(shown(drug.rate_ml_h))} mL/h",
    ]
    return " \u00b7 ".join(parts)
