"""Back-entry from paper: whose it is, who typed it, all lines or none, late gates written beside, and a signature."""

import datetime as dt
import uuid
from decimal import Decimal as D

import pytest

from clinic.models import AuditEvent
from clinic.refusal import Refused
from sessions import actions
from sessions.actions import papers as paper_actions
from sessions.models import Addendum, Entry, InfusionSession, PaperSheet
from sessions.rules import papers as rules
from tests.people import signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, second, url

DAY = dt.date(2026, 3, 3)


def test_a_time_on_the_sheet_is_of_its_day_or_after_midnight(everyone):
    zone = everyone.harbor.zone
    late = dt.datetime(2026, 3, 3, 22, tzinfo=zone)
    assert rules.moment(DAY, dt.time(9, 5), zone) == dt.datetime(2026, 3, 3, 9, 5, tzinfo=zone)
    assert rules.moment(DAY, dt.time(0, 30), zone, late).date() == DAY + dt.timedelta(1)
    assert rules.moment(DAY, dt.time(21, 50), zone, late).date() == DAY


@pytest.mark.parametrize(
    ("kind", "values", "codes"),
    [
        ("vitals", {"systolic": D(120)}, []),
        ("pump", {}, ["paper.what"]),
        ("pump", {"what": "faster"}, ["paper.what"]),
        ("pump", {"what": "rate"}, ["paper.rate"]),
        ("pump", {"what": "rate", "rate": D(0)}, []),
        ("pump", {"what": "stop"}, []),
    ],
)
def test_what_a_line_lacks(kind, values, codes):
    assert [i.code for i in rules.line_items(rules.Line("p1", None, kind, None, values))] == codes


@pytest.mark.parametrize(
    ("author", "signer", "lines", "code"), [("a", "b", 3, "paper.author"), ("a", "a", 0, "paper.empty")]
)
def test_who_signs_a_sheet(author, signer, lines, code):
    with pytest.raises(Refused) as refused:
        rules.check_signer(author=author, signer=signer, lines=lines)
    assert refused.value.items[0].code == code
    rules.check_signer(author="a", signer="a", lines=1)


def line(scene, key, kind, minutes, **values):
    return rules.Line(key, uuid.uuid4(), kind, scene.at(minutes), values)


def opened(scene, minutes=120, author=None):
    return paper_actions.open_sheet(
        session=scene.session, author=author or scene.nurse, sheet_on=DAY, outage="Power cut", by=scene.other,
        at=scene.at(minutes),
    )  # fmt: skip


def test_a_whole_sheet_comes_in_with_both_people_and_the_missing_gates_beside_it(scene):
    scene.check_in()
    scene.weigh()
    scene.order()
    scene.draw()
    sheet = opened(scene)
    lines = [
        line(scene, "p2", "pump", 50, what="stop", ml=D(35)),
        line(scene, "v1", "vitals", 5, systolic=D(122), diastolic=D(78), heart_rate=D(70), spo2=D(98)),
        line(scene, "p1", "pump", 10, what="start"),
        line(scene, "n1", "note", 20, text="Calm, music on"),
    ]
    made = paper_actions.record_sheet(sheet=sheet, lines=lines, by=scene.other, at=scene.at(125))
    assert [m.entry.kind for m in made] == ["vitals", "drug", "note", "drug"]
    assert {(m.entry.source, m.entry.recorded_by, m.entry.sent_by) for m in made} == {
        ("paper", scene.nurse, scene.other)
    }
    assert all(m.entry.late for m in made)
    assert "Entered afterwards without" in made[1].entry.reason
    assert sheet.lines.count() == 4
    again = paper_actions.record_sheet(sheet=sheet, lines=lines, by=scene.other, at=scene.at(126))
    assert [m.created for m in again] == [False] * 4
    assert sheet.lines.count() == 4
    assert scene.fresh().phase == "observing"
    row = AuditEvent.objects.get(verb="entry.drug_started")
    assert row.user == scene.other
    assert row.detail["author"] == str(scene.nurse.pk)


def test_one_wrong_line_keeps_all_out_and_says_which(scene):
    scene.check_in()
    sheet = opened(scene)
    lines = [
        line(scene, "v1", "vitals", 5, systolic=D(122), diastolic=D(78)),
        line(scene, "v2", "vitals", 500, systolic=D(122), diastolic=D(78)),
        line(scene, "v3", "vitals", 8, spo2=D(66)),
        line(scene, "p1", "pump", 9, what="start"),
    ]
    with pytest.raises(Refused) as refused:
        paper_actions.record_sheet(sheet=sheet, lines=lines, by=scene.other, at=scene.at(125))
    assert {(i.code, i.field.split("_")[0]) for i in refused.value.items} == {
        ("time.future", "v2"),
        ("confirm.spo2", "v3"),
        ("paper.order", "p1"),
    }
    assert not Entry.objects.filter(source="paper").exists()
    paper_actions.record_sheet(sheet=sheet, lines=[lines[2]], sure=True, by=scene.other, at=scene.at(126))
    assert Entry.objects.filter(kind="alarm").exists()


def test_a_signed_chart_still_takes_paper_as_an_addendum(scene, infusing):
    scene.stop()
    scene.observed()
    scene.discharge()
    actions.sign_chart(session=scene.fresh(), by=scene.doctor, at=scene.at(140))
    sheet = opened(scene, 150)
    late = line(scene, "v1", "vitals", 30, systolic=D(130), diastolic=D(80))
    paper_actions.record_sheet(sheet=sheet, lines=[late], by=scene.other, at=scene.at(151))
    assert Addendum.objects.filter(session=scene.session, entry__source="paper").count() == 1


def test_only_the_author_signs_and_then_it_is_closed(scene):
    scene.check_in()
    sheet = opened(scene)
    reading = line(scene, "v1", "vitals", 5, systolic=D(122), diastolic=D(78))
    paper_actions.record_sheet(sheet=sheet, lines=[reading], by=scene.other, at=scene.at(121))
    with pytest.raises(Refused):
        paper_actions.sign_sheet(sheet=sheet, signer=scene.other, by=scene.other, at=scene.at(122))
    signed = paper_actions.sign_sheet(sheet=sheet, signer=scene.nurse, by=scene.other, at=scene.at(122))
    assert (signed.signed_by, signed.printed_name) == (scene.nurse, scene.nurse.name)
    with pytest.raises(Refused):
        paper_actions.record_sheet(sheet=sheet, lines=[reading], by=scene.other, at=scene.at(123))


def test_the_end_of_the_sheet_is_judged_on_what_was_charted_by_then(everyone, monkeypatch):
    begin(monkeypatch, 240)
    scene = Scene(everyone).running()
    scene.stop()
    scene.observed()
    sheet = opened_now(scene)
    nurse, path = signed_in(everyone.nurse), url("paper-leave", scene.session, sheet.pk)
    at = [f"{scene.at(n).astimezone(scene.site.zone):%H:%M}" for n in (60, 115)]
    early = nurse.post(path, {"left": at[0], "escort_arrived": "on", "instructions_given": "on"})
    assert early.status_code == 422
    assert nurse.post(path, {"left": at[1], "escort_arrived": "on", "instructions_given": "on"}).status_code == 302
    assert scene.fresh().ended_at == scene.at(115)


def opened_now(scene):
    day = scene.at(0).astimezone(scene.site.zone).date()
    return paper_actions.open_sheet(
        session=scene.session, author=scene.nurse, sheet_on=day, outage="Power cut", by=scene.other, at=scene.at(120)
    )


def test_the_pages_from_check_in_to_signature(everyone, monkeypatch):
    begin(monkeypatch, 240)
    scene = Scene(everyone)
    colleague = signed_in(everyone.colleague)
    zone = everyone.harbor.zone
    hhmm = [f"{scene.at(n).astimezone(zone):%H:%M}" for n in range(10)]
    arrive = f"/board/paper/{scene.appointment.pk}/"
    said = {"author": str(everyone.nurse.pk), "outage": "Power cut"}
    assert colleague.post(arrive, said).status_code == 422
    assert colleague.post(arrive, said | {"arrived": hhmm[1]}).status_code == 302
    session = InfusionSession.objects.get()
    assert session.checked_in_at == scene.at(1)
    sheet = PaperSheet.objects.get()
    path = url("paper-lines", session, sheet.pk)
    html = colleague.get(path).content.decode()
    assert "Entering from paper" in html
    ids = dict(form_ids(colleague, path))
    bad = colleague.post(path, ids | {"v1_systolic": "120"})
    assert bad.status_code == 422
    assert "Type the time as it stands on the paper" in bad.content.decode()
    assert 'value="120"' in bad.content.decode()
    reading = {"v1_time": hhmm[3], "v1_systolic": "120", "v1_diastolic": "80", "n1_time": hhmm[4], "n1_text": "Calm"}
    assert colleague.post(path, ids | reading).status_code == 302
    assert colleague.post(path, ids | reading).status_code == 302
    assert Entry.objects.filter(source="paper").count() == 2
    record = colleague.get(url("record-show", session)).content.decode()
    assert f"late entry, from paper, typed in by {everyone.colleague.name}" in record
    sheet_html = colleague.get(url("session-show", session)).content.decode()
    assert f"{everyone.nurse.name}, late entry, from paper, typed in by {everyone.colleague.name}" in sheet_html
    sign = url("paper-sign", session, sheet.pk)
    assert colleague.post(sign, second(everyone.colleague)).status_code == 422
    assert colleague.post(sign, second(everyone.nurse)).status_code == 302
    assert "Signed by" in colleague.get(path).content.decode()
    assert signed_in(everyone.front_desk).get(path).status_code == 403
    assert signed_in(everyone.stranger).get(path).status_code == 404


def form_ids(client, path):
    """The hidden ids of the page's lines."""
    form = client.get(path).context["form"]
    return [(name, str(form[name].value())) for name in form.fields if name.endswith("_id")]
