"""V8.2.3: the front desk, the clinic admin and the auditor never receive a clinical or mental field, in no format.

Every such field of every table holds a word of its own, put there behind the application's back. None of the words may
come out, wherever these roles are let in.
"""

import logging
from http.cookies import SimpleCookie

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from clinic import clock
from clinic.dev.embedded import SUPERUSER
from clinic.models import AuditEvent, Message
from clinic.notify import sender
from followup.queries.own_record import our_models
from followup.rules.own_record import LEFT_OUT, paths_to_patient
from tests.attacks.marked import MARKED, Marked, fields, text_of
from tests.house import matrix
from tests.house.matrix_objects import ADMIN, NOUNS, as_param, nouns, params
from tests.house.test_matrix import ADMIN_VERBS
from tests.people import people, signed_in

ROLES = ("front_desk", "clinic_admin", "auditor")
# Nothing to read there: it signs out, or hands the browser over.
LEAVE_OUT = {"account_logout"}


@pytest.fixture
def marked(live_db, cluster, monkeypatch):
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    cache.clear()
    return Marked(people(), cluster.url(SUPERUSER, live_db))


def addresses(marked, who):
    """(name, address) of every path whose door lets this visitor in; whom it stops, the matrix shows."""
    for path in matrix.paths():
        if path.namespace in ("dev", "admin") or matrix.door_of(path) == "closed" or path.name in LEAVE_OUT:
            continue
        if matrix.lets_in(path, who) and None not in nouns(path).values():
            yield path.name, reverse(path.name, kwargs=params(path, marked.side) or None)
    if who == "clinic_admin":
        yield from admin_addresses(marked)


def admin_addresses(marked):
    """The same for the pages of the admin site: each model's list, and its pages for a row of one's own."""
    for path in matrix.paths():
        model, _, verb = path.name.removeprefix("admin:").rpartition("_")
        noun = ADMIN.get(model.rpartition("_")[2], model.rpartition("_")[2])
        if path.namespace != "admin" or verb not in ADMIN_VERBS or "_" not in model:
            continue
        if not path.params:
            yield path.name, reverse(path.name)
        elif noun in NOUNS:
            yield path.name, reverse(path.name, args=[as_param(marked.side.get(noun))])


def asked(client, method, address, **way):
    """What one request answers, in words; whatever it wrote is undone."""
    fresh = Client(raise_request_exception=False)
    fresh.handler = matrix.HANDLER
    fresh.cookies = SimpleCookie({key: morsel.value for key, morsel in client.cookies.items()})
    with transaction.atomic():
        answer = getattr(fresh, method)(address, **way)
        said = f"{answer.status_code} {text_of(answer)}"
        transaction.set_rollback(True)
    return said


def words_in(text, marked):
    """The fields whose word stands in a text."""
    return {marked.words.get(word.lower(), word) for word in MARKED.findall(text)}


@pytest.mark.timeout(900)
def test_v_8_2_3_no_clinical_word_reaches_who_may_not_read_it(marked):
    """Each page plainly, as a fragment, as JSON and with an empty form; PDF, CSV, ICS and archives are read too."""
    assert len(marked.held) > 60, "as many fields as that hold a word"
    leaks, broken, walked = set(), set(), 0
    for role in ROLES:
        client = signed_in(marked.people.by_role(role))
        for name, address in addresses(marked, role):
            said = [asked(client, "get", address), asked(client, "post", address)]
            said.append(asked(client, "get", address, HTTP_HX_REQUEST="true", HTTP_ACCEPT="application/json"))
            read = {field for field in words_in("".join(said), marked) if not may_set_up(role, field)}
            leaks |= {f"{role} at {name}: {field}" for field in read}
            # Where a word stands in place of a value that machines read, a page may fail; few may.
            broken |= {f"{role} at {name}" for text in said if text.startswith("500")}
            walked += 3
    assert leaks == set()
    assert len(broken) < walked // 60, f"an error page says nothing: {sorted(broken)}"
    assert walked > 500
    the_nurse_does_read_them(marked)
    nothing_goes_out(marked)


def may_set_up(role, field):
    """Protocols and their kin are nobody's record: the clinic admin prepares them for approval."""
    model = field.rpartition(".")[0]
    return role == "clinic_admin" and model not in LEFT_OUT and model not in paths_to_patient(our_models())


def the_nurse_does_read_them(marked):
    nurse, read = signed_in(marked.people.nurse), set()
    for name, address in addresses(marked, "nurse"):
        if name.endswith("-show"):
            read |= words_in(asked(nurse, "get", address), marked)
    assert len(read) > 15, "else the walk would prove nothing"


def nothing_goes_out(marked):
    """Mail, and what the outbox and the audit keep of it, hold none of the words either."""
    sender.sweep(at=clock.now(), seconds=20)
    assert mail.outbox, "something was sent"
    told = [f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox]
    told += [str(row) for row in Message.objects.values_list("context", "dedupe_key", "last_error")]
    told += [str(row) for row in AuditEvent.objects.values_list("detail", "reason", "verb")]
    assert set().union(*(words_in(text, marked) for text in told)) == set()


def test_v_8_2_3_the_walk_knows_every_field_there_is():
    assert len(list(fields())) > 100
