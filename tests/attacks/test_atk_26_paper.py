"""ATK-26 and V1.3.6: a PDF fetches nothing and takes no file with it, whatever stands in the record it is made from."""

import http.client
import http.server
import io
import threading
import time

import pytest
from django.urls import reverse
from pypdf import PdfReader

from clinic import pdf as paper
from sessions import actions
from tests.people import people, signed_in
from tests.sessions.scene import Scene


class Heard(http.server.BaseHTTPRequestHandler):
    """Notes every request and, asked for /away, sends on to another place of this machine."""

    def do_GET(self):
        """Answer with a redirect, or with a style sheet."""
        self.server.hits.append(self.path)
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", "/inside")
        self.end_headers()
        self.wfile.write(b"body { color: red }")

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def listener():
    """A server on this machine that should hear nothing; yields it, `address` and `hits` on it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    server.hits, server.address = [], f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
PASSWD = "file:///etc/passwd"


def attacks(there):
    """What a page could be made to fetch, `there` being an address of this machine."""
    return (
        f'<img src="{there}/img.png">',
        f'<img srcset="{there}/set.png 2x">',
        f'<img src="{there}/away">',
        f'<img src="{PASSWD}">',
        '<img src="/static/../../etc/passwd">',
        '<img src="/static/%2e%2e/manage.py">',
        f'<base href="{there}/"><img src="base.png">',
        f'<link rel="stylesheet" href="{there}/a.css">',
        f'<link rel="attachment" href="{there}/attached">',
        f'<link rel="attachment" href="{PASSWD}">',
        f'<a rel="attachment" href="{PASSWD}">x</a>',
        f'<a rel="attachment" href="{there}/a">x</a>',
        f'<style>@import url("{there}/import.css");</style>',
        f'<style>@import "{PASSWD}";</style>',
        f'<p style="background:url({there}/bg.png)">x</p>',
        f"<style>@font-face{{font-family:a;src:url({there}/f)}}p{{font-family:a}}</style><p>x</p>",
        f'<object data="{there}/object"></object>',
        f'<object data="{PASSWD}" type="image/svg+xml"></object>',
        f'<embed src="{there}/embed">',
        f'<iframe src="{there}/frame"></iframe>',
        SVG.format(f'<image xlink:href="{there}/svg" width="9" height="9"/><use href="{there}/use#a"/>'),
        f"<img src='data:image/svg+xml,{SVG.format(f'<image href=%22{there}/data%22/>')}'>",
    )


def test_atk_26_no_page_that_becomes_paper_fetches_anything(listener):
    for markup in attacks(listener.address):
        made = paper.pdf(f"<html><body>{markup}<p>end</p></body></html>")
        reader = PdfReader(io.BytesIO(made))
        assert dict(reader.attachments) == {}, markup
        assert "/EmbeddedFiles" not in str(reader.trailer["/Root"]), markup
        assert b"root:" not in made, markup
        assert "root:" not in "".join(page.extract_text() for page in reader.pages), markup
    assert listener.hits == []


def test_atk_26_the_listener_would_hear_it(listener):
    connection = http.client.HTTPConnection("127.0.0.1", listener.server_port, timeout=5)
    connection.request("GET", "/away")
    assert connection.getresponse().status == 302
    connection.close()
    assert listener.hits == ["/away"]


@pytest.mark.django_db
def test_atk_26_a_record_full_of_it_is_text_on_paper(listener):
    everyone = people()
    scene = Scene(everyone).running()
    for number, markup in enumerate(attacks(listener.address)):
        scene.do(actions.record_note, 20 + number / 10, text=markup)
    answer = signed_in(everyone.nurse).get(reverse("sessions:record-pdf", args=[scene.session.pk]))
    assert answer.status_code == 200
    reader = PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in reader.pages)
    assert dict(reader.attachments) == {}
    assert "rel=" in text, "it stands there as it was typed"
    assert "root:" not in text
    assert listener.hits == []


def test_pdf_3_a_page_without_end_is_made_within_bounds():
    """A table of three thousand rows, longer than any of ours, does not take the clinic's afternoon."""
    begun = time.perf_counter()
    made = paper.pdf("<table>" + "<tr><td>x</td></tr>" * 3_000 + "</table>")
    assert len(PdfReader(io.BytesIO(made)).pages) > 20
    assert time.perf_counter() - begun < 60
