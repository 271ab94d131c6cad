"""Who may speak for a patient, and what must be said of an alert in the banner. Pure."""

from clinic.refusal import Item, refuse_if


def check_representative(*, name, relation, email, phone):
    """Raise Refused unless a representative has a name, says who they are, and can be reached."""
    reach = email.strip() or phone.strip()
    refuse_if(
        item
        for is_there, item in (
            (name.strip(), Item("name", "Type the name.", field="name")),
            (relation.strip(), Item("relation", "Say who they are, for example guardian.", field="relation")),
            (reach, Item("reach", "Type an e-mail address or a phone number.", field="email")),
        )
        if not is_there
    )


def check_alert(*, words, kinds, kind):
    """Raise Refused unless the alert has words and is of a known kind."""
    refuse_if(
        item
        for is_there, item in (
            (words.strip(), Item("words", "Type what everybody must know.", field="words")),
            (kind in kinds, Item("kind", "Choose what it is about.", field="kind")),
        )
        if not is_there
    )


def check_open(*, ended_at):
    """Raise Refused when this was ended before."""
    refuse_if([] if ended_at is None else [Item("ended", "Somebody has ended this already.")])
