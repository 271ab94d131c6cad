"""Benchmarks: ours beside a yardstick, in turns, in one run, on services of their own. Never in production."""
