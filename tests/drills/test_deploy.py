"""The files of deploy/ with the real programs: nginx before two servers, systemd's checks, PostgreSQL and Redis.

Needs nginx, openssl and systemd's tools: installed where root may (`tests.programs`), never skipped.
"""

import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import time
from contextlib import ExitStack, closing, contextmanager

import psycopg2
import pytest
import redis
from celery import Celery

from clinic.dev.embedded import SUPERUSER, Postgres, Valkey, private_folder
from clinic.project import environment as env
from tests.drills import pages
from tests.drills.figures import say
from tests.house.code import ROOT
from tests.house.observatory import BAR, missing, score
from tests.people import people
from tests.programs import program
from tests.sessions import screens

DEPLOY = ROOT / "deploy"


@contextmanager
def proxied(folder, *ports):
    """nginx with our own file before these pages, on two free ports; yields (plain port, TLS port)."""
    plain, tls = pages.free_port(), pages.free_port()
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=clinic.example.org"]
    keys = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([program("openssl"), *words, *keys], check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text()
    servers = "\n".join(f"  server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
    for ours, here in (
        (r"  server 127\.0\.0\.1:8000 .*;", servers),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2;"),
        (r".*\[::\].*\n", ""),
        (r"/etc/tideline/tls", str(folder)),
        (r"/var/log/nginx", str(folder)),
    ):
        text, count = re.subn(ours, here, text)
        assert count, f"{ours} is not in deploy/nginx.conf any more"
    (folder / "tideline.conf").write_text(text)
    whole = f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
    whole += f"http {{ include {folder}/tideline.conf; }}\n"
    (folder / "nginx.conf").write_text(whole)
    command = [program("nginx"), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    child = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: _fetch(tls, "/health/live/").status in (200, 503))
        yield plain, tls
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)


def _until(true, seconds=60):
    deadline = time.monotonic() + seconds * pages.PATIENCE
    while True:
        try:
            if true():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.1)


class Answer:
    """What came back over TLS, readable like a response of the tests' own client."""

    def __init__(self, found):
        self.status, self.body = found.status, found.read().decode(errors="replace")
        self.headers = dict(found.headers.items())

    def __getitem__(self, name):
        return self.headers[name]


def _fetch(port, path, *, plain=False, **headers):
    """GET through the proxy, whose certificate is our own."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    kind = http.client.HTTPConnection if plain else http.client.HTTPSConnection
    more = {} if plain else {"context": trusting}
    with closing(kind("127.0.0.1", port, timeout=20, **more)) as connection:
        connection.request("GET", path, headers={"Host": "clinic.example.org"} | headers)
        return Answer(connection.getresponse())


@pytest.fixture
def told(cluster, live_db, redis_url, tmp_path):
    """What a server behind the proxy is told: production's settings but for the embedded database."""
    secrets = {"SECRET_KEY": "Xy7-" + "behind-the-proxy-of-a-drill-0123456789-abcdefghijk"}
    more = {"ALLOWED_HOSTS": "clinic.example.org,127.0.0.1", "BASE_URL": "https://clinic.example.org"}
    return pages.environment(cluster, live_db, redis_url, tmp_path, **more, **secrets)


@pytest.mark.short
def test_nginx_passes_what_it_should_and_keeps_no_token(told, tmp_path):
    token = "a-token-that-nobody-may-keep-0123456789"
    with pages.serving(told, tmp_path / "pages.log") as server, proxied(tmp_path, server.port) as (plain, tls):
        moved = _fetch(plain, "/patients/?q=x", plain=True)
        assert (moved.status, moved["Location"]) == (301, "https://clinic.example.org/patients/?q=x")
        assert _fetch(tls, "/health/live/").status == 200
        assert _fetch(tls, "/accounts/login/").status == 200
        assert _fetch(tls, "/static/css/tokens.css").status == 200
        _fetch(tls, f"/p/{token}/?why={token}", Referer=f"https://clinic.example.org/p/{token}/")
        server.kill()
        away = _fetch(tls, "/patients/")
        _fetch(tls, f"/p/{token}/")
    assert (away.status, away["Retry-After"]) == (503, "5")
    assert "Chart on paper" in away.body
    assert score(away.headers) >= BAR
    assert missing(away.headers) == []
    assert "nginx/" not in str(away.headers)
    kept = "".join(path.read_text(errors="replace") for path in tmp_path.glob("*.log"))
    assert token not in kept
    assert "/p/[withheld]" in kept


@pytest.mark.short
def test_rel_18_two_web_servers_are_restarted_in_turn_and_no_request_fails(
    cluster, live_db, redis_url, tmp_path, monkeypatch
):
    """The proxy gives what one server did not take to the other: not even a retry of the client's is needed."""
    screens.begin(monkeypatch, 40)
    p = people()
    scene = screens.Busy(p).ready()
    scene.start()
    told = pages.environment(cluster, live_db, redis_url, tmp_path, ALLOWED_HOSTS="clinic.example.org,127.0.0.1",
                             CSRF_TRUSTED_ORIGINS="https://clinic.example.org")  # fmt: skip
    with ExitStack() as stack:
        one, two = (stack.enter_context(pages.serving(told, tmp_path / f"{name}.log")) for name in ("one", "two"))
        _, tls = stack.enter_context(proxied(tmp_path, one.port, two.port))
        nurses, before = [TlsNurse(tls, p.nurse, scene.session) for _ in range(3)], pages.charted()
        with pages.at_work(*nurses):
            time.sleep(1)
            for server in (one, two):
                assert server.stop() == 0
                time.sleep(0.5)
                server.start()
                time.sleep(2.5)  # fail_timeout: the proxy trusts it again
    kept = pages.judge(nurses, before)
    cut = sum(nurse.statuses[0] + nurse.statuses[503] for nurse in nurses)
    assert cut <= len(nurses) * 2, "the proxy did not pass on what a server would not take"
    say("REL-18 two servers", f"{kept} sets acknowledged through nginx while each of two servers was restarted, "
        f"0 lost, 0 doubled, {cut} requests sent twice by the client")  # fmt: skip


class TlsNurse(pages.Nurse):
    """Charts through the proxy."""

    def ask(self, method, path, body=None):
        if self.connection is None:
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            self.connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=trusting)
        return super().ask(method, path, body)


@pytest.mark.short
def test_systemd_reads_every_unit_and_finds_little_exposed(tmp_path):
    analyze, worst = program("systemd-analyze"), 0.0
    for unit in (DEPLOY / "systemd").iterdir():
        text = re.sub(r"/srv/tideline/venv/bin/\w+", "/bin/true", unit.read_text())
        text = re.sub(r"(/srv/tideline/app/)?deploy/offsite-copy", "/bin/true", text)
        (tmp_path / unit.name).write_text(text.replace("EnvironmentFile=/", "EnvironmentFile=-/"))
    for unit in sorted(tmp_path.iterdir()):
        told = os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
        done = subprocess.run(
            [analyze, "verify", "--man=no", unit], env=told, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), unit.name
        if unit.suffix == ".service":
            done = subprocess.run(
                [analyze, "security", "--offline=true", unit], capture_output=True, text=True, check=False
            )
            worst = max(worst, float(re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)[1]))
    assert worst < 3
    say("systemd", f"every unit reads well, worst exposure {worst} of 10")


@pytest.fixture
def secrets(tmp_path):
    folder = tmp_path / "secrets"
    subprocess.run([DEPLOY / "make-secrets", folder], check=True, capture_output=True)
    return {path.name: path.read_text().strip() for path in folder.iterdir()} | {"folder": str(folder)}


@pytest.mark.short
def test_v13_2_3_redis_as_set_up_serves_our_user_only_and_carries_celery(secrets, tmp_path):
    folder = private_folder(tmp_path, "vk")
    text = (DEPLOY / "redis.conf").read_text()
    rules = f"{secrets['folder']}/redis_acl"
    for there, here in (("/run/redis/redis.sock", f"{folder}/s"), ("/run/secrets/redis_acl", rules),
                        ("dir /data", f"dir {tmp_path}")):  # fmt: skip
        assert there in text
        text = text.replace(there, here)
    (tmp_path / "conf").write_text(text)
    child = subprocess.Popen([Valkey(tmp_path / "x").program, tmp_path / "conf"], stdout=subprocess.DEVNULL)
    try:
        _until((folder / "s").exists)
        url = secrets["redis_url"].replace("/run/redis/redis.sock", f"{folder}/s")
        with redis.from_url(url) as ours, redis.Redis(unix_socket_path=str(folder / "s")) as anybody:
            assert ours.xadd("live:drill", {"a": "1"}, maxlen=10)
            with pytest.raises(redis.AuthenticationError):
                anybody.ping()
            with pytest.raises(redis.exceptions.NoPermissionError):
                ours.config_set("appendonly", "no")
            with pytest.raises(redis.exceptions.NoPermissionError):
                ours.flushall()
            app = Celery(broker=env.broker(url))
            app.send_task("drill")
            with app.connection_for_read() as line, line.SimpleQueue("celery") as queue:
                assert queue.get(timeout=10).headers["task"] == "drill"
    finally:
        child.kill()
        child.wait(10)
        shutil.rmtree(folder)


@pytest.mark.short
def test_v13_2_2_the_database_as_set_up_has_two_roles_with_passwords(secrets, tmp_path):
    tmp_path.chmod(0o755)
    server = Postgres(tmp_path / "fresh", throwaway=True)
    server.start()
    try:
        told = {"OWNER_PASSWORD_FILE": f"{secrets['folder']}/owner_password", "PGHOST": str(server.sockets),
                "APP_PASSWORD_FILE": f"{secrets['folder']}/app_password", "POSTGRES_USER": SUPERUSER,
                "PATH": f"{server.programs}:{os.environ['PATH']}"}  # fmt: skip
        subprocess.run([DEPLOY / "postgres" / "10-tideline.sh"], env=os.environ | told, check=True, capture_output=True)
        with server.superuser("tideline") as cursor:
            cursor.execute(
                "SELECT rolname, rolsuper, rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname ~ 'tideline'"
            )
            assert sorted(cursor.fetchall()) == [("tideline_app", False, True), ("tideline_owner", False, True)]
            cursor.execute("SELECT extname FROM pg_extension WHERE extname IN ('btree_gist', 'pg_trgm')")
            assert len(cursor.fetchall()) == 2
        with closing(psycopg2.connect(server.url("tideline_app", "tideline"))) as ours, ours.cursor() as cursor:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("CREATE TABLE public.mine (id int)")
            ours.rollback()
            cursor.execute("SHOW log_min_error_statement")
            assert cursor.fetchone() == ("panic",)
    finally:
        server.stop()


@pytest.mark.short
def test_the_servers_own_settings_are_ones_postgres_knows(tmp_path):
    tmp_path.chmod(0o755)
    server = Postgres(tmp_path / "fresh", throwaway=True)
    server.start()
    text = (DEPLOY / "postgres" / "postgresql.conf").read_text()
    told = dict(re.findall(r"^(\w+) *= *'?([^'#\n]*?)'? *(?:#.*)?$", text, re.MULTILINE))
    try:
        with server.superuser() as cursor:
            cursor.execute("SELECT lower(name), context FROM pg_settings WHERE lower(name) = ANY(%s)", [list(told)])
            known = dict(cursor.fetchall())
            assert set(known) == set(told)
            for name, context in known.items():
                if context not in ("postmaster", "internal"):
                    cursor.execute(f"ALTER SYSTEM SET {name} = %s", [told[name]])  # refuses a value it can't read
    finally:
        server.stop()
