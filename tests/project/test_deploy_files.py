"""The files of deploy/: they read well, fit the settings they have to meet, and hold no secret."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from clinic.project import environment as env
from clinic.project import probe, refuse
from tests.house.code import ROOT, tracked

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: part for name, part in COMPOSE["services"].items() if "build" in part}
UNITS = sorted((DEPLOY / "systemd").glob("tideline-*.service"))
PARTS = ("pages", "live", "worker", "beat", "monitors")
SAID = {"TIDELINE_HOST": "clinic.example.org", "TIDELINE_FROM": "Clinic <hello@clinic.example.org>"}


@pytest.fixture
def secrets(tmp_path):
    """The secrets as an installation makes them."""
    subprocess.run([DEPLOY / "make-secrets", tmp_path], check=True, capture_output=True)
    return tmp_path


def spoken(value):
    """A value of the compose file with its variables filled in."""
    return re.sub(r"\$\{(\w+)(?::[?-][^}]*)?\}", lambda found: SAID.get(found[1], ""), value)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_part_in_a_container_starts_in_production(name, secrets, monkeypatch):
    for setting in ("SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL", "DEBUG",
                    "MFA_REQUIRED", "TIDELINE_DATA", "TIDELINE_DEMO"):  # fmt: skip
        monkeypatch.delenv(setting, raising=False)
    for setting, value in OURS[name]["environment"].items():
        monkeypatch.setenv(setting, spoken(value).replace("/run/secrets", str(secrets)))
    assert refuse.reasons() == []


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_secret_and_volume_a_container_names_is_there(name):
    part = COMPOSE["services"][name]
    given = set(part.get("secrets", ()))
    assert given <= set(COMPOSE["secrets"])
    files = [value for value in part.get("environment", {}).values() if str(value).startswith("/run/secrets/")]
    assert {Path(file).name for file in files} <= given
    named = {volume.partition(":")[0] for volume in part.get("volumes", ())}
    assert {volume for volume in named if not volume.startswith(".")} <= set(COMPOSE["volumes"])
    assert all((DEPLOY / volume).exists() for volume in named if volume.startswith("."))


def test_make_secrets_makes_every_file_once_and_for_its_owner_alone(secrets):
    wanted = {Path(one["file"]).name for one in COMPOSE["secrets"].values()}
    assert wanted <= {file.name for file in secrets.iterdir()}
    assert {file.stat().st_mode & 0o077 for file in secrets.iterdir()} == {0}
    before = {file.name: file.read_text() for file in secrets.iterdir()}
    subprocess.run([DEPLOY / "make-secrets", secrets], check=True, capture_output=True)
    assert {file.name: file.read_text() for file in secrets.iterdir()} == before
    assert len({value for name, value in before.items() if name.endswith(("key", "password"))}) == 7


def test_make_secrets_for_databases_elsewhere_asks_for_proof_of_each(tmp_path):
    subprocess.run([DEPLOY / "make-secrets", tmp_path, "db-1.internal,db-2.internal"], check=True, capture_output=True)
    found = env.database((tmp_path / "database_url").read_text().strip(), timeouts={})
    assert (found["HOST"], found["USER"], found["NAME"]) == ("db-1.internal,db-2.internal", "tideline_app", "tideline")
    assert (found["OPTIONS"]["sslmode"], found["OPTIONS"]["target_session_attrs"]) == ("verify-full", "read-write")


def test_nothing_of_the_database_and_redis_is_on_a_network():
    for name in ("database", "redis"):
        assert COMPOSE["services"][name]["network_mode"] == "none"
        assert "ports" not in COMPOSE["services"][name]
    open_doors = {name for name, part in COMPOSE["services"].items() if "ports" in part}
    assert open_doors == {"proxy", "monitors"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_container_of_ours_may_do_no_more_than_it_must(name):
    part = OURS[name]
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in part["security_opt"]
    owner = "database_owner_url" in part["secrets"]
    assert owner == (name == "migrate"), "only a deploy is the owner"


def test_no_secret_stands_in_the_repository_and_none_reaches_the_image():
    assert [path for path in tracked() if path.startswith("deploy/secrets")] == []
    assert "deploy/secrets" in (ROOT / ".gitignore").read_text()
    assert "deploy/secrets" in (DEPLOY / "Containerfile.dockerignore").read_text()
    image = (DEPLOY / "Containerfile").read_text()
    assert "USER tideline" in image
    assert "--require-hashes" in image
    assert "rm -r clinic/dev" in image


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_every_unit_reads_its_secrets_from_credentials_and_runs_as_nobody_special(unit):
    text = unit.read_text()
    for name in ("secret_key", "mfa_seed_key", "seal_key", "database_url", "redis_url", "email_url"):
        assert f"LoadCredential={name}:/etc/tideline/secrets/{name}" in text
        assert f"{name.upper()}_FILE=%d/{name}" in text
    assert "database_owner_url" not in text
    assert re.search(r"^User=(tideline|postgres)$", text, re.MULTILINE)
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "UMask=0077"):
        assert line in text


def test_there_is_a_unit_and_a_container_for_every_part():
    assert {f"tideline-{name}" for name in PARTS} <= {unit.stem for unit in UNITS}
    assert set(PARTS) <= set(COMPOSE["services"])


def test_the_shell_scripts_read_well():
    for script in (DEPLOY / "make-secrets", *(DEPLOY / "postgres").glob("*.sh")):
        assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
        assert script.stat().st_mode & 0o111


def test_celery_reaches_a_redis_behind_a_socket_and_a_password():
    found = env.broker("unix://tideline:p-w_1@/run/redis/redis.sock?db=0")
    assert found == "redis+socket://tideline:p-w_1@/run/redis/redis.sock?virtual_host=0"


def test_the_probe_tells_a_part_that_answers_from_one_that_does_not(site_url, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost")
    port = int(site_url.rpartition(":")[2])
    monkeypatch.setattr(probe, "SECONDS", 60)  # the first request of a server loads everything
    assert probe.answers(port, "/health/live/")
    assert not probe.answers(port, "/no-such-page/")
    assert not probe.answers(1, "/health/live/")
