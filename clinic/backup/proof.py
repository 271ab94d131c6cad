"""What two databases are compared by: the rows of every table, and everything that guards them.

Rows count by the sum of their hashes, so that their order does not matter; triggers, constraints, indexes, functions,
rights and the steps of every migration by their own definitions. Two databases with the same proof hold the same record
behind the same guards.
"""

import hashlib
import re

ROWS = "SELECT count(*), coalesce(sum({high}), 0)::text, coalesce(sum({low}), 0)::text FROM {table} t"
HALF = "('x' || substr(md5(t::text), {begin}, 16))::bit(64)::bigint::numeric"
# However the server is set, a row reads the same.
READING = (
    "SET timezone = 'UTC'", "SET datestyle = 'ISO, YMD'", "SET intervalstyle = 'postgres'", "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1", "SET lc_monetary = 'C'", "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
)  # fmt: skip
TABLES = """
    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     ORDER BY c.relname
"""
# A restored server writes the same expression with other casts and parentheses: they do not count.
TRIMMINGS = re.compile(r"::[a-z][a-z ]*(\[\])?(\([0-9,]+\))?|[() ]|\[\]")
GUARDS = {
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger
         WHERE NOT tgisinternal ORDER BY 1, 2""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, convalidated::text, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    "indexes": """
        SELECT i.indexrelid::regclass::text, i.indisvalid::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
          JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1""",
    "functions": """
        SELECT p.oid::regprocedure::text, md5(p.prosrc) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1""",
    "columns": """
        SELECT a.attrelid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
           AND NOT a.attisdropped ORDER BY 1, 2""",
    "rights": """
        SELECT c.relname, pg_get_userbyid(c.relowner), x::text FROM pg_class c
          CROSS JOIN LATERAL unnest(coalesce(c.relacl, '{}')) x
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S') ORDER BY 1, 2, 3""",
    "extensions": "SELECT extname FROM pg_extension ORDER BY 1",
}
BROKEN = """
    SELECT 'constraint ' || conname || ' is not validated' FROM pg_constraint
     WHERE NOT convalidated AND connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index WHERE NOT indisvalid
    UNION ALL SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass || ' is switched off' FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid WHERE tgenabled = 'D' AND c.relnamespace = 'public'::regnamespace
"""


def of(cursor) -> dict:
    """The proof of the database a psycopg2 cursor reads: {"tables": {name: [rows, sums]}, "guards": {...}}."""
    for statement in READING:
        cursor.execute(statement)
    cursor.execute(TABLES)
    names = [name for (name,) in cursor.fetchall()]
    return {"tables": {name: rows_of(cursor, name) for name in names}, "guards": guards_of(cursor)}


def rows_of(cursor, table: str) -> list:
    """How many rows a table has, and the sums of both halves of their hashes."""
    high, low = (HALF.format(begin=begin) for begin in (1, 17))
    quoted = '"' + table.replace('"', '""') + '"'
    cursor.execute(ROWS.format(high=high, low=low, table=quoted))
    return list(cursor.fetchone())


def guards_of(cursor) -> dict:
    """How many guards of each kind there are, and one hash over their definitions."""
    found = {}
    for kind, question in GUARDS.items():
        cursor.execute(question)
        rows = [tuple(TRIMMINGS.sub("", word) for word in row) for row in cursor.fetchall()]
        found[kind] = [len(rows), hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()]
    return found


def broken(cursor) -> list[str]:
    """Guards that stand there and guard nothing: switched off, not valid, not validated."""
    cursor.execute(BROKEN)
    return [words for (words,) in cursor.fetchall()]


def differences(wanted: dict, found: dict, *, only_grow: set[str] | None = None) -> list[str]:
    """What differs, a sentence each; empty when the databases hold the same.

    `only_grow` when the record went on after `wanted` was taken: the tables that may only be added to. Of them no row
    may be gone; the rows of the others are then not compared.
    """
    said = [f"Table {name} was not there." for name in sorted(found["tables"].keys() - wanted["tables"].keys())]
    for name, facts in wanted["tables"].items():
        if name not in found["tables"]:
            said.append(f"Table {name} is missing.")
        elif is_less(name, facts, found["tables"][name], only_grow):
            said.append(f"Table {name}: {facts[0]} rows then, {found['tables'][name][0]} now, or another content.")
    for kind, (count, total) in wanted["guards"].items():
        other = found["guards"].get(kind, [0, ""])
        if list(other) != [count, total]:
            said.append(f"{kind.capitalize()}: {count} then, {other[0]} now, or other definitions.")
    return said


def is_less(name: str, wanted: list, found: list, only_grow: set[str] | None) -> bool:
    """Whether a table is not what it was; when the record went on, whether something is gone that can't go."""
    if only_grow is None:
        return wanted != found
    return name in only_grow and found[0] < wanted[0]


def rows(proof: dict) -> int:
    """How many rows all tables have together."""
    return sum(facts[0] for facts in proof["tables"].values())
