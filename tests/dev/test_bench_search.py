"""The bench of the one search box finds whom it asks for, in a small clinic of the same make."""

from clinic.dev.bench import search
from clinic.models import SearchWord


def test_the_bench_finds_whom_it_asks_for(live_db, cluster, monkeypatch):
    monkeypatch.setenv(search.SIZE, "60")
    monkeypatch.setattr(search, "ROUNDS", 0)
    monkeypatch.setattr(search, "ASKED", 2)
    with cluster.superuser(live_db) as cursor:
        search.seed(cursor)
    assert SearchWord.objects.values("patient").distinct().count() == 60
    plan = search.measure("127.0.0.1", 0)
    assert set(plan["found"]) == set(search.KINDS)
    assert {request["tag"] for request in plan["rounds"][0]} == {*search.KINDS, "trivial"}
