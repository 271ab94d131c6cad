"""The files of heads that left the database, compared with the chains that stand in it now. Reads only."""

import hashlib
import json
from pathlib import Path

from clinic.models import Seal, SealHead
from clinic.rules import seal_keys
from clinic.rules import seals as rules


def check(folder, keys, every_file=False):
    """(how many files were read, sentences about what is wrong). `keys`: public keys that may have signed.

    `every_file`: one that the database says was written must lie there.
    """
    files = sorted(Path(folder).glob("heads-*.json")) if Path(folder).is_dir() else []
    problems, before = [], None
    for file in files:
        text = file.read_text(encoding="utf-8")
        problems += [f"{file.name}: {wrong}" for wrong in _wrong(text, keys, before)]
        before = hashlib.sha256(text.encode()).hexdigest()
    return len(files), problems + (_missing({file.name for file in files}) if every_file else [])


def _missing(names):
    """Files that were written, says the database, and are not in the folder."""
    return [f"{name}: the file is missing" for name in SealHead.objects.order_by("day").values_list("file", flat=True)
            if name not in names]  # fmt: skip


def _wrong(text, keys, before):
    try:
        whole = json.loads(text)
        body, signature = whole["heads"], whole["signature"]
        chains = [(one["chain"], one["name"], one["seal"], one["head"]) for one in body["chains"]]
        previous = body["previous_file_sha256"]
    except (ValueError, KeyError, TypeError):
        return ["can't be read as a file of heads"]
    found = [] if any(seal_keys.is_signed(rules.to_sign(body), signature, key) for key in keys) else [
        "its signature is not ours"
    ]  # fmt: skip
    if before is not None and previous != before:
        found.append("it does not follow the file before it")
    return found + [wrong for chain in chains if (wrong := _chain(*chain))]


def _chain(key, name, number, head):
    now = Seal.objects.filter(site=None if key == "none" else key, number=number).values_list("head", flat=True).first()
    if now is None:
        return f"seal {number} of {name} is missing in the database"
    return "" if now == head else f"seal {number} of {name} is another one in the database: the chain was written anew"


def newest(limit=14):
    """The last days' heads, without their text."""
    return SealHead.objects.defer("text")[:limit]


def head_of_day(day):
    """The heads written for this day, or None."""
    return SealHead.objects.filter(day=day).first()
