"""Preparing on the page: a scanned vial, the label, the last moment of use."""

import datetime as dt

from clinic import clock
from tests.people import signed_in
from tests.sessions.said import words
from tests.sessions.screens import begin, url


class TestPreparing:
    def test_a_scanned_barcode_finds_the_vial(self, everyone, scene, monkeypatch):
        begin(monkeypatch, 20)
        scene.check_in()
        scene.weigh()
        scene.order()
        scene.stock(1, code="KET-7", lot="LOT-Z")
        client, path = signed_in(everyone.nurse), url("preparation-make", scene.session)
        drawn = {"ml_1": "1", "diluent": "sodium chloride 0.9 %", "diluent_ml": "49", "form": "syringe"}
        other = client.post(path, drawn | {"code_1": "(01)00300090001019(17)270131(10)LOT-Q"})
        assert other.status_code == 422
        answer = client.post(path, drawn | {"code_1": "(01)00300090001011(17)270131(10)LOT-Q"})
        assert answer.status_code == 422
        found = client.post(path, drawn | {"code_1": f"01{valid_gtin()}1727013110LOT-Z"})
        assert found.status_code == 302, words(found)
        assert scene.session.preparations.get().sources.get().container.code == "KET-7"

    def test_the_label_prints_alone_and_says_when_it_is_past_its_time(self, everyone, prepared, monkeypatch):
        client, row = signed_in(everyone.nurse), prepared.preparation
        paper = client.get(url("label-pdf", prepared.session, row.pk))
        assert paper.headers["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
        assert "Use by" in words(client.get(url("preparation-label", prepared.session, row.pk)))
        later = row.use_by + dt.timedelta(minutes=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        client = signed_in(everyone.nurse)
        assert "has passed" in words(client.get(url("preparation-label", prepared.session, row.pk)))
        assert signed_in(everyone.stranger).get(url("label-pdf", prepared.session, row.pk)).status_code == 404

    def test_a_syringe_is_never_used_past_its_vials_last_day(self, scene, monkeypatch):
        begin(monkeypatch, 20)
        scene.check_in()
        scene.weigh()
        scene.order()
        vial = scene.stock(1)
        day = scene.at(8).astimezone(scene.site.zone).date()
        vial.expires_on = day
        vial.save(update_fields=["expires_on"])
        made = scene.draw(container=vial)
        assert made.use_by.astimezone(scene.site.zone).date() <= day + dt.timedelta(days=1)
        assert made.use_by - made.made_at <= dt.timedelta(hours=4)


def valid_gtin(first="0030009000101"):
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(first))
    return f"{first}{(10 - total % 10) % 10}"
