"""Many ask, one works: never with an answer begun before they asked, and never with somebody else's failure."""

import threading

import pytest

from clinic import one_answer
from clinic.one_answer import OneAnswer

PATIENCE = 20  # seconds: longer than any thread here needs


class Work:
    """Something to work out that tells when it begins and ends when it is let."""

    def __init__(self):
        self.begun, self.may_end, self.count = threading.Semaphore(0), threading.Semaphore(0), 0

    def __call__(self):
        self.count += 1
        mine = self.count
        self.begun.release()
        assert self.may_end.acquire(timeout=PATIENCE)
        return mine


def asked_by(count, one, key, work):
    """So many threads that ask at once; their answers come into the list."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(one.get(key, work)), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, answers


def wait_for(threads):
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def until_waiting(one, key):
    """The next round has been opened: its first thread waits for its turn."""
    for _ in range(PATIENCE * 100):
        if key in one._coming:
            return
        threading.Event().wait(0.01)
    raise AssertionError("Nobody came.")


def test_alone_it_is_worked_out_each_time():
    one, answers = OneAnswer(), iter((1, 2))
    assert [one.get("a", lambda: next(answers)) for _ in range(2)] == [1, 2]


def test_those_who_come_meanwhile_share_the_next_and_not_the_one_under_way(monkeypatch):
    waits = threading.Semaphore(0)

    class Counted(threading.Event):
        def wait(self, timeout=None):
            waits.release()
            return super().wait(timeout)

    class Round(one_answer._Round):
        def __init__(self):
            super().__init__()
            self.done = Counted()

    monkeypatch.setattr(one_answer, "_Round", Round)
    one, work = OneAnswer(), Work()
    first, early = asked_by(1, one, "a", work)
    assert work.begun.acquire(timeout=PATIENCE)
    rest, late = asked_by(5, one, "a", work)
    for _ in range(4):  # four of them wait for the fifth
        assert waits.acquire(timeout=PATIENCE)
    work.may_end.release()
    wait_for(first)
    work.may_end.release()
    wait_for(rest)
    assert (early, late) == ([1], [2] * 5)


def test_other_questions_do_not_wait():
    one, work = OneAnswer(), Work()
    first, _ = asked_by(1, one, "a", work)
    assert work.begun.acquire(timeout=PATIENCE)
    assert one.get("b", lambda: "other") == "other"
    work.may_end.release()
    wait_for(first)


def test_a_failure_reaches_its_own_thread_only():
    one = OneAnswer()
    is_in, may_fail, said = threading.Event(), threading.Event(), []

    def fails():
        is_in.set()
        assert may_fail.wait(PATIENCE)
        raise ValueError("mine")

    def waits_and_fails():
        with pytest.raises(ValueError, match="mine"):
            one.get("a", fails)
        said.append("failed")

    holder = threading.Thread(target=waits_and_fails, daemon=True)
    holder.start()
    assert is_in.wait(PATIENCE)
    second = threading.Thread(target=waits_and_fails, daemon=True)
    second.start()
    until_waiting(one, "a")
    others, answers = asked_by(3, one, "a", lambda: "well")
    may_fail.set()
    wait_for([holder, second, *others])
    assert said == ["failed", "failed"]
    assert answers == ["well"] * 3
    assert one.get("a", lambda: "and goes on") == "and goes on"
