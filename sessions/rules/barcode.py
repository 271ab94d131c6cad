"""What a barcode on a vial says: GS1 element strings (with or without brackets), a bare NDC, or just a code. Pure.

Source: GS1 General Specifications: (01) GTIN, 14 digits with a check digit; (17) expiry as YYMMDD, day 00 meaning the
month's last; (10) batch or lot and (21) serial, up to 20 characters, ended by FNC1 unless last. A United States GTIN of
a drug holds its NDC in digits 4 to 13 (indicator, 0 3 and the NDC without hyphens).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

FNC1 = "\x1d"
FIXED = {"01": 14, "11": 6, "13": 6, "15": 6, "17": 6}
VARIABLE = {"10": 20, "21": 20, "30": 8}
NAMES = {"01": "gtin", "17": "expires", "10": "lot", "21": "serial"}
SYMBOLOGIES = ("]C1", "]d2", "]e0", "]Q3")
NDC_10 = re.compile(r"(\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1})")
NDC_11 = re.compile(r"\d{5}-\d{4}-\d{2}")
NDC = re.compile(f"^({NDC_10.pattern}|{NDC_11.pattern})$")


@dataclass(frozen=True)
class Scan:
    """What was read; empty where the code does not say it. `code` is always what was typed or scanned."""

    code: str
    gtin: str = ""
    ndc: str = ""
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None

    @property
    def is_gs1(self):
        return bool(self.gtin)


def read(text):
    """The Scan of what a scanner typed, or a person. Never raises: what can't be read is just a code."""
    code = (text or "").strip().strip(FNC1)
    parts = _parts(code)
    if parts is None:
        return Scan(code, ndc=_typed_ndc(code))
    gtin = parts.get("gtin", "")
    return Scan(
        code, gtin, ndc_of(gtin), parts.get("lot", ""), parts.get("serial", ""), expiry(parts.get("expires", ""))
    )


def _parts(code):
    """Name -> value of the elements, or None when this is no GS1 element string with a valid GTIN."""
    for symbology in SYMBOLOGIES:
        code = code.removeprefix(symbology)
    found = _bracketed(code) if code.startswith("(") else _plain(code.lstrip(FNC1))
    if found is None or not is_gtin(found.get("01", "")):
        return None
    if "17" in found and expiry(found["17"]) is None:
        return None
    return {NAMES[ai]: value for ai, value in found.items() if ai in NAMES}


def _bracketed(code):
    pairs = re.findall(r"\((\d{2})\)([^(]*)", code)
    whole = "".join(f"({ai}){value}" for ai, value in pairs)
    return {ai: value.strip(FNC1 + " ") for ai, value in pairs} if whole == code else None


def _plain(code):
    found = {}
    while code:
        ai, rest = code[:2], code[2:]
        if ai in FIXED:
            value, code = rest[: FIXED[ai]], rest[FIXED[ai] :].lstrip(FNC1)
            if len(value) != FIXED[ai] or not value.isdecimal():
                return None
        elif ai in VARIABLE:
            value, _, code = rest.partition(FNC1)
            if not 0 < len(value) <= VARIABLE[ai]:
                return None
        else:
            return None
        found[ai] = value
    return found or None


def is_gtin(text):
    """14 digits whose last is the GS1 check digit of the others."""
    if len(text) != 14 or not (text.isascii() and text.isdecimal()):
        return False
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(text[:13]))
    return (10 - total % 10) % 10 == int(text[13])


def ndc_of(gtin):
    """The ten digits of the NDC in a United States drug's GTIN, or ""; where its hyphens go the GTIN does not say."""
    return gtin[3:13] if gtin[1:3] == "03" else ""


def expiry(yymmdd):
    """The day of YYMMDD, with 00 as the last day of the month; None when there is no such day.

    The century is 2000: no vial of the last one is in date.
    """
    if len(yymmdd) != 6 or not (yymmdd.isascii() and yymmdd.isdecimal()):
        return None
    year, month, day = 2000 + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:])
    if not 1 <= month <= 12 or day > calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _typed_ndc(code):
    return code if NDC_11.fullmatch(code) or NDC_10.fullmatch(code) else ""


@dataclass(frozen=True)
class Vial:
    """What a scan is compared with: a container in stock. `opened` first among vials of one lot."""

    key: object
    code: str
    lot: str
    expires_on: date
    opened: bool = False
    gtin: str = ""


def found_in(scan, vials):
    """The key of the vial that was scanned, or None: by its own code or serial, else by lot and expiry.

    Vials of one lot are alike: the opened one is meant first, then the first in stock (soonest expiry first).
    """
    typed = {scan.code.casefold(), scan.serial.casefold()} - {""}
    own = [v for v in vials if v.code.casefold() in typed]
    alike = [v for v in vials if scan.lot and _alike(scan, v)]
    best = own or sorted(alike, key=lambda v: not v.opened)
    return best[0].key if best else None


def _alike(scan, vial):
    """One lot number may stand on two products: where both say which product they are, it is the same one."""
    is_other = bool(scan.gtin and vial.gtin and scan.gtin != vial.gtin)
    is_lot = vial.lot.casefold() == scan.lot.casefold()
    return is_lot and not is_other and scan.expires_on in (None, vial.expires_on)


def strangers(scans):
    """Codes of a delivery that say another product, lot or expiry than its first one does: [(code, what), ...]."""
    first, found = (scans[0] if scans else None), []
    for scan in scans[1:]:
        what = next((word for name, word in PARTS if _differ(getattr(scan, name), getattr(first, name))), "")
        if what:
            found.append((scan.code, what))
    return found


PARTS = (("gtin", "product"), ("lot", "lot"), ("expires_on", "expiry"))


def _differ(one, other):
    return bool(one and other and one != other)
