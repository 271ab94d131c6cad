"""The packages of others: what production installs, under which licence, and whether anything is known against them.

`manage.py list_licences` writes docs/licences.md; `./test --audit` asks the advisory service (needs the network).
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS, LOCK = ROOT / "requirements.txt", ROOT / "deploy" / "requirements.lock"
LICENCES = ROOT / "docs" / "licences.md"
AUDITOR = "pip-audit==2.10.1"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==(\S+)\s+#\s*(.+)$", re.MULTILINE)
SHORT = {  # long names of the package index, as SPDX says them
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
}

READ = {  # read by hand: where a package says nothing, or not exactly
    "async-timeout": "Apache-2.0",  # only Python before 3.11.3 installs it
    "pyrage": "MIT",
    "qrcode": "BSD-3-Clause",
}


class AuditFailed(RuntimeError):
    """The audit found something, or looked at nothing; the words say which."""


@dataclass(frozen=True)
class Package:
    """One package of others: its licence in SPDX words, and why we asked for it, or "" when another one brings it."""

    name: str
    licence: str
    reason: str


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> dict[str, tuple[str, str]]:
    """Every line of requirements.txt: name -> (version, reason)."""
    return {plain(name): (version, why) for name, version, why in ASKED.findall(REQUIREMENTS.read_text())}


def locked() -> dict[str, str]:
    """Every package production installs: name -> version."""
    return {plain(name): version for name, version in LOCKED.findall(LOCK.read_text())}


def packages() -> list[Package]:
    """All of them with their licences, as they say themselves. Raises PackageNotFoundError for one not installed."""
    reasons = asked_for()
    return [Package(name, licence_of(name), reasons.get(name, ("", ""))[1]) for name in sorted(locked())]


def licence_of(name: str) -> str:
    """The licence a package declares: SPDX expression, else its classifiers, else the first line of its own words."""
    if name in READ:
        return READ[name]
    told = metadata.metadata(name)
    if told["License-Expression"]:
        return told["License-Expression"]
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    known = [SHORT.get(one, one) for one in classes if one != "OSI Approved"]
    words = (told["License"] or "").strip().splitlines()
    return " OR ".join(sorted(set(known))) or (words[0] if words else "")


def page() -> str:
    """docs/licences.md, whole."""
    lines = [f"| {one.name} | {one.licence} | {one.reason or 'comes with another one'} |" for one in packages()]
    return HEAD + "\n".join(lines) + TAIL


HEAD = """# Whose work is in it

Made by `manage.py list_licences` from `deploy/requirements.lock` and what each package says of itself; a test compares.
Tideline itself is under Apache-2.0 (`LICENSE`).

| package | licence | what for |
|---|---|---|
"""
TAIL = """

Files of others that browsers get (style sheets, scripts) are listed with versions and licences in
`static/vendor/README.md`. What only tests and `./run` need is in `requirements-dev.txt`, no part of an installation.
"""


def audit(program: list[str] | None = None) -> str:
    """Ask the advisory service about every locked package; returns a sentence. Raises AuditFailed."""
    words = ["--requirement", str(LOCK), "--require-hashes", "--disable-pip", "--strict", "--format", "json"]
    command = [*(program or _auditor()), *words, "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError as problem:
        raise AuditFailed(f"The audit did not run (exit {done.returncode}):\n{done.stderr[-2000:]}") from problem
    return judge(report, locked())


def judge(report: dict, wanted: dict[str, str]) -> str:
    """Say how many were looked at. Raises AuditFailed for one not looked at, another version, or an advisory."""
    found = {plain(one["name"]): one for one in report.get("dependencies", [])}
    faults = [f"{name} {version} was not looked at" for name, version in wanted.items() if not _seen(found.get(name))]
    for name, one in found.items():
        if name in wanted and _seen(one) and one["version"] != wanted[name]:
            faults.append(f"{name}: looked at {one['version']}, we install {wanted[name]}")
        faults += [f"{name} {one['version']}: {vuln['id']}" for vuln in one.get("vulns", [])]
    if not wanted:
        faults.append("there is nothing to look at")
    if faults:
        raise AuditFailed("\n".join(faults))
    return f"{len(wanted)} packages looked at, nothing is known against them."


def _seen(one: dict | None) -> bool:
    return one is not None and "skip_reason" not in one and "vulns" in one


def _auditor() -> list[str]:
    """The auditor in an environment of its own, made when it is missing: it brings packages nobody else needs."""
    home = ROOT / ".data" / "audit"
    program = home / "bin" / "pip-audit"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin" / "pip"), "install", "--quiet", AUDITOR], check=True)
    return [str(program)]
