"""Who may decide that a patient goes home without a criterion, when such a decision still counts. Pure."""

from dataclasses import dataclass

from clinic.refusal import Item, Refused
from sessions.rules.gates import CRITERIA, KEPT_CRITERIA


@dataclass(frozen=True)
class Decision:
    """A prescriber's decision as it was given: `codes` may be gone without, `other_way` replaces the escort."""

    allows: bool
    codes: frozenset = frozenset()
    other_way: str = ""
    reason: str = ""
    decided_at: object = None


def standing(decision, troubles):
    """The newest decision while it counts, else None.

    A refusal allows nothing. A decision ends with the first alarm or emergency after it (`troubles`: their times): the
    prescriber judged a patient who was calm. Source: clinic default (unverified default, the clinic approves).
    """
    if decision is None or not decision.allows:
        return None
    return None if any(at > decision.decided_at for at in troubles) else decision


def can_be_decided(code):
    """Whether a prescriber may let this criterion pass: a line in the arm and the sheet are never gone without."""
    return code in CRITERIA and code not in KEPT_CRITERIA


def missing_to_ask(missing, *, phase):
    """Why nothing is to be asked: not under observation, nothing missing, or nothing that can be decided."""
    if phase != "observing":
        return [Item("ask.phase", "The patient is not under observation: stop the infusion first.")]
    if not any(can_be_decided(code) for code, _ in missing):
        return [Item("ask.nothing", "Nothing is missing that a prescriber could decide.")]
    return []


def missing_to_decide(*, allows, codes, other_way, reason, open_codes):
    """What a decision lacks. `open_codes`: the criteria that are not met now."""
    items = [] if reason.strip() else [Item("decide.reason", "Write the reason.", field="reason")]
    if allows is None:
        items.append(Item("decide.allows", "Say yes or no.", field="allows"))
    if allows and not codes and not other_way.strip():
        items.append(Item("decide.what", "Name what may be gone without, or the other way home.", field="codes"))
    if allows is False and (codes or other_way.strip()):
        items.append(Item("decide.no", "A no allows nothing: leave these empty.", field="codes"))
    never = [c for c in codes if not can_be_decided(c)]
    if never:
        items.append(Item("decide.never", "A line in the arm and the sheet are never gone without.", field="codes"))
    met = [c for c in codes if can_be_decided(c) and c not in open_codes]
    if met:
        said = ", ".join(CRITERIA[c].lower() for c in met)
        items.append(Item("decide.met", f"Met by now, nothing to decide: {said}.", field="codes"))
    return items


def check_decide(**facts):
    """Raise `Refused` with everything `missing_to_decide` lists."""
    items = missing_to_decide(**facts)
    if items:
        raise Refused(*items)


def can_decide(**facts):
    """True when nothing is missing."""
    return not missing_to_decide(**facts)
