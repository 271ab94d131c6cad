"""What is taken over from last time, and what never is."""

import re

from clinic import clock
from sessions import actions
from tests import factories
from tests.people import signed_in
from tests.sessions.said import words
from tests.sessions.screens import begin, url


class TestLastTime:
    def test_a_first_infusion_says_so(self, everyone, scene, monkeypatch):
        begin(monkeypatch, 5)
        scene.check_in()
        page = words(signed_in(everyone.nurse).get(url("last-time", scene.session)))
        assert "first infusion" in page
        assert "Entered anew every time" in page
        assert signed_in(everyone.stranger).get(url("last-time", scene.session)).status_code == 404

    def test_wishes_and_escort_are_taken_over_and_no_answer_is(self, everyone, scene, monkeypatch):
        begin(monkeypatch, 8 * 24 * 60)
        first = scene.ready()
        actions.answer_checks(
            session=first.session, answers={"comfort": ("yes", "Dim light, own music")}, by=first.nurse, at=first.at(9)
        )
        first.start()
        first.stop()
        first.observed()
        first.discharge()
        visit = factories.appointment(
            of=scene.patient, at_site=scene.site, course=scene.course, starts_at=clock.now(), nurse=None, number=2,
            chair=scene.site.chairs.last(),
        )  # fmt: skip
        again = actions.check_in(appointment=visit, by=scene.nurse)
        client = signed_in(everyone.nurse)
        page = client.get(url("checklist", again)).content.decode()
        assert 'value="Sister, 555 0123"' in page
        assert "taken over: check it" in page
        assert not re.findall(r'type="radio"[^>]*checked', page), "no answer is taken over"
        last = words(client.get(url("last-time", again)))
        for said in ("70 kg", "122/78", "35 mg", "left forearm 22G", "Sister, 555 0123"):
            assert said in last, said
