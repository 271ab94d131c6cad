"""One answer for all who ask the same at once: what forty open screens fetch after one change is worked out once.

Nothing is kept. Whoever asks gets an answer that was begun after they asked, so it is as fresh as their own would be;
those who ask while one is being worked out share the next.
"""

import threading


class _Round:
    def __init__(self):
        self.done, self.answer, self.failed = threading.Event(), None, True


class OneAnswer:
    """Questions by key, each worked out by one thread of this process at a time."""

    def __init__(self):
        self._guard, self._coming, self._turns = threading.Lock(), {}, {}

    def get(self, key, make):
        """What `make()` returns, called by this thread or, after this call began, by another one for the same key.

        What `make` raises reaches the thread that called it; the others then call it themselves. The answer is shared:
        nobody may change it.
        """
        with self._guard:
            mine = None if key in self._coming else self._coming.setdefault(key, _Round())
            shared = self._coming[key]
            turn = self._turns.setdefault(key, threading.Lock())
        if mine is not None:
            return self._work_out(key, mine, turn, make)
        shared.done.wait()
        return make() if shared.failed else shared.answer

    def _work_out(self, key, round_, turn, make):
        with turn:
            with self._guard:
                del self._coming[key]  # begun: whoever asks from now on waits for the next
            try:
                round_.answer = make()
                round_.failed = False
            finally:
                round_.done.set()
        return round_.answer
