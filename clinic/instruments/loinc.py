"""LOINC check digits: a wrong code must not ship. LOINC content is used under the LOINC licence (loinc.org)."""


def check_digit(body):
    """The mod-10 check digit of a LOINC number or answer code, given what stands before its hyphen.

    Letters (the LA of an answer code) count as their ASCII code less 48, as in the Luhn scheme for mixed codes.
    """
    values = [ord(char) - ord("0") for char in reversed(body)]
    doubled = [sum(divmod(2 * value, 10)) if place % 2 == 0 else value for place, value in enumerate(values)]
    return -sum(doubled) % 10


def is_valid(code):
    """Is ``44249-1`` (or an answer code such as ``LA6568-5``) well formed, with the right check digit?"""
    body, hyphen, check = code.partition("-")
    well_formed = bool(hyphen) and body.removeprefix("LA").isdigit() and len(check) == 1 and check.isdigit()
    return well_formed and check_digit(body) == int(check)
