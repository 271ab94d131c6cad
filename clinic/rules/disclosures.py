"""What was told to somebody outside the clinic: which of it the law wants accounted for, what an entry lacks. Pure.

Source: 45 CFR 164.528 (accounting of disclosures) and 170.315(d)(11), read in summary only: the clinic's counsel
confirms.
"""

from clinic.refusal import Item, Refused

KINDS = {
    "letter": "Letter",
    "record": "Copy of the record",
    "document": "Document",
    "told": "Told by phone or in person",
    "other": "Other",
}
WAYS = {
    "post": "by post",
    "fax": "by fax",
    "mail": "by e-mail",
    "secure": "by a secure message",
    "handed": "handed over on paper",
    "file": "as a file",
    "spoken": "spoken",
}
PURPOSES = {
    "treatment": "Treatment: another clinician who cares for the patient",
    "payment": "Payment",
    "operations": "Running the clinic",
    "own": "The patient, or who speaks for them",
    "agreed": "The patient agreed in writing",
    "law": "The law asks for it: court, subpoena, police",
    "health": "Public health, or a danger to somebody",
    "oversight": "Inspection, complaint or safety board",
    "other": "Other",
}
# 164.528(a)(1): disclosures for these purposes need not be accounted for. The list holds them all the same.
EXEMPT = {"treatment", "payment", "operations", "own", "agreed"}
YEARS = 6  # 164.528(a)(3): the accounting reaches six years back


def must_account(purpose):
    """True when the law wants this disclosure in the accounting that a patient may ask for."""
    return purpose not in EXEMPT


def missing(*, kind, way, purpose, what, to_whom, at, now):
    """What an entry lacks, as Items. A time in the future has not happened."""
    items = [] if to_whom.strip() else [Item("disclosure.to", "Write who was told, and where.", field="to_whom")]
    if not what.strip():
        items.append(Item("disclosure.what", "Write what was told.", field="what"))
    known = ((kind, KINDS, "kind"), (way, WAYS, "way"), (purpose, PURPOSES, "purpose"))
    items += [Item(f"disclosure.{name}", "Choose one.", field=name) for value, all_, name in known if value not in all_]
    if at > now:
        items.append(Item("disclosure.future", "This time has not come yet.", field="told_at"))
    return items


def check_disclosure(**told):
    """Raise `Refused` with everything `missing` lists."""
    items = missing(**told)
    if items:
        raise Refused(*items)
