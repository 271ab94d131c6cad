"""G-20 and the rest about packages of others: pinned with digests, licences listed, an audit of nothing fails."""

import json
import re
import sys

import pytest

from clinic.dev import packages

WANTED = {"django": "5.2.19", "redis": "8.1.0"}
# What may stand in a product under Apache-2.0 that is installed, not linked into one file.
FREE = {"MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0", "ISC", "0BSD",
        "Zlib", "CC0-1.0", "HPND", "LGPL-3.0-or-later", "LGPL-2.1-or-later"}  # fmt: skip


def seen(**changed):
    rows = {name: {"name": name, "version": version, "vulns": []} for name, version in WANTED.items()}
    return {"dependencies": [row | changed.get(name, {}) for name, row in rows.items()]}


def test_g_20_every_package_looked_at_and_nothing_known_passes():
    assert packages.judge(seen(), WANTED) == "2 packages looked at, nothing is known against them."


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"dependencies": []}, "django 5.2.19 was not looked at"),
        ({}, "redis 8.1.0 was not looked at"),
        ({"dependencies": [{"name": "django", "skip_reason": "no network"}]}, "django 5.2.19 was not looked at"),
        (seen(django={"version": "5.2.1"}), "looked at 5.2.1, we install 5.2.19"),
        (seen(redis={"vulns": [{"id": "PYSEC-2026-1"}]}), "redis 8.1.0: PYSEC-2026-1"),
    ],
)
def test_g_20_an_audit_that_looked_at_nothing_or_found_something_fails(report, words):
    with pytest.raises(packages.AuditFailed, match=re.escape(words)):
        packages.judge(report, WANTED)


def test_g_20_nothing_to_look_at_fails_too():
    with pytest.raises(packages.AuditFailed, match="nothing to look at"):
        packages.judge({"dependencies": []}, {})


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("", "The audit did not run"),
        ("No known vulnerabilities found", "The audit did not run"),
        (json.dumps({"dependencies": [], "fixes": []}), "was not looked at"),
    ],
)
def test_g_20_an_auditor_without_a_network_is_no_comfort(says, words):
    with pytest.raises(packages.AuditFailed, match=words):
        packages.audit([sys.executable, "-c", f"print({says!r})"])


def test_g_20_a_whole_answer_of_an_auditor_passes():
    rows = [{"name": name, "version": version, "vulns": []} for name, version in packages.locked().items()]
    said = packages.audit([sys.executable, "-c", f"print({json.dumps({'dependencies': rows})!r})"])
    assert said == f"{len(rows)} packages looked at, nothing is known against them."


def test_every_requirement_is_pinned_with_a_reason_and_locked_at_the_same_version():
    lines = [line for line in packages.REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    asked, locked = packages.asked_for(), packages.locked()
    assert len(asked) == len(lines), "a line without a pin or a reason"
    assert {name: version for name, (version, _) in asked.items()} == {name: locked.get(name) for name in asked}


def test_g_19_nobody_brings_the_other_driver():
    assert not {"psycopg", "psycopg-binary", "psycopg-c"} & set(packages.locked())


def test_every_locked_package_has_digests_and_comes_from_no_particular_place():
    text = packages.LOCK.read_text()
    blocks = re.split(r"^(?=[A-Za-z0-9._-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(packages.locked()) > 40
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"https?://|--index|--find-links", text)


def test_the_list_of_licences_is_the_one_of_today():
    assert packages.LICENCES.read_text(encoding="utf-8") == packages.page(), "run: manage.py list_licences"


def test_every_licence_is_known_and_leaves_the_product_its_own():
    for package in packages.packages():
        choices = [set(re.findall(r"[\w.-]+", one)) - {"AND"} for one in package.licence.split(" OR ")]
        assert any(choice <= FREE for choice in choices), f"{package.name}: {package.licence!r}"
