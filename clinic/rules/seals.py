"""How rows are bound into a chain of seals, and what a signed file of heads says. Pure."""

import hashlib
import json
import struct
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

GENESIS = "0" * 64
LEAF = struct.Struct(">B16s32s")  # place of the table in the recipe, key of the row, SHA-256 over its columns
# The sealer runs every minute. Source: clinic default (unverified default, the clinic approves).
LATE = timedelta(minutes=5)
# A row of the audit whose time is so much older than its place in the chain was not written when it says.
BACKDATED = timedelta(hours=1)


@dataclass(frozen=True)
class Leaf:
    """One row under a seal."""

    table: int
    pk: uuid.UUID
    digest: bytes


def pack(leaves):
    """Leaves as the bytes a seal keeps, in their order."""
    return b"".join(LEAF.pack(leaf.table, leaf.pk.bytes, leaf.digest) for leaf in leaves)


def unpack(data):
    """The leaves of a seal's bytes. Raises struct.error when bytes are missing or left over."""
    return [Leaf(table, uuid.UUID(bytes=pk), digest) for table, pk, digest in LEAF.iter_unpack(bytes(data))]


def recipe_digest(tables):
    """SHA-256 over a recipe, hex."""
    return hashlib.sha256(json.dumps(tables).encode()).hexdigest()


def head_of(seal, recipe):
    """The head a seal must have: SHA-256 over everything it says, hex. `recipe`: its recipe's digest."""
    said = [
        seal.previous, str(seal.site_id or ""), seal.number, utc(seal.made_at), seal.cluster, seal.from_xact,
        seal.upto_xact, seal.carried, recipe, seal.count, hashlib.sha256(bytes(seal.leaves)).hexdigest(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def utc(at):
    """A moment as it is hashed and written: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def broken_link(seal, recipe, *, previous, number):
    """What is wrong with a seal as a link of its chain, in words; "" when it follows the one before and is whole."""
    if seal.number != number:
        return f"seal {number} is missing" if seal.number > number else f"seal {seal.number} stands twice"
    if seal.previous != previous:
        return f"seal {seal.number} does not follow the one before it"
    if seal.head != head_of(seal, recipe):
        return f"seal {seal.number} was changed"
    return ""


def is_backdated(at: datetime, sealed_before: datetime | None) -> bool:
    """Whether a row says a time long before the seal that was already made when it came."""
    return sealed_before is not None and at < sealed_before - BACKDATED


def age_word(at, oldest_unsealed, sealer_ran_at):
    """ "ok", "never" or "late": whether the sealer keeps up. `oldest_unsealed` None: everything is sealed."""
    if sealer_ran_at is None:
        return "never"
    waits = oldest_unsealed is not None and at - oldest_unsealed > LATE
    return "late" if waits or at - sealer_ran_at > LATE else "ok"


def body_of(day, chains, previous, at):
    """What a day's file says before it is signed: `chains` [(key, name, number, head)], the file before it."""
    named = [{"chain": key, "name": name, "seal": number, "head": head} for key, name, number, head in chains]
    return {"day": day.isoformat(), "written_at": utc(at), "previous_file_sha256": previous, "chains": named}


def to_sign(body):
    """The bytes that are signed: the body, its keys in order, without blanks."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def file_text(body, signature, public_key):
    """The file of a day: the body, the Ed25519 signature over `to_sign(body)`, and the key that proves it."""
    whole = {"heads": body, "signature": signature, "public_key": public_key}
    return json.dumps(whole, indent=2, sort_keys=True) + "\n"


def mail_words(body):
    """The heads in words, for the auditor's mail."""
    lines = [f"{one['name']}: seal {one['seal']}\n  {one['head']}" for one in body["chains"]]
    return "\n".join(lines) or "No row has been sealed yet."
