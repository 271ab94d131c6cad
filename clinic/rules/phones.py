"""Phone numbers as the network wants them (E.164): a plus, the country, the number. Pure."""

LEAST, MOST = 8, 15


def e164(phone: str, country: str = "1") -> str:
    """A number as it is kept ("212 555 0177") as +12125550177; "" when it can't be one.

    Without a plus it is a number of `country`: in 1 (North America) ten digits, or eleven that begin with 1; elsewhere
    a leading zero is the domestic one and goes.
    """
    digits = "".join(one for one in phone if one.isdigit())
    if phone.strip().startswith("+"):
        full = digits
    elif phone.strip().startswith("00"):
        full = digits[2:]
    elif country == "1":
        full = digits if len(digits) == 11 and digits[0] == "1" else "1" + digits if len(digits) == 10 else ""
    else:
        full = country + digits.removeprefix("0")
    return f"+{full}" if LEAST <= len(full) <= MOST else ""


def kept_forms(number: str, country: str = "1") -> list[str]:
    """The digits under which a number that reached us may be kept in a record: with its country, and without."""
    digits = "".join(one for one in number if one.isdigit())
    forms = [digits]
    if digits.startswith(country) and len(digits) > len(country) + 6:
        short = digits[len(country) :]
        forms += [short] if country == "1" else [short, "0" + short]
    return forms
