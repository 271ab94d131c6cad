"""Percentiles, rounds and spread, and the machine in a few words."""

import json
import os
import platform
import statistics
import subprocess
import sys

from clinic.dev.bench.place import BenchFailed


def percentile(values, share):
    """The value below which `share` (0 to 1) of the values lie: nearest rank, values in any order."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered)) - 1))]


def percentiles(values, prefix):
    """``{prefix}_p50_ms`` and so on, milliseconds with two decimals."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {f"{prefix}_{name}_ms": round(percentile(values, share), 2) for name, share in shares.items()}


def spread(rounds):
    """Largest less smallest of the rounds' medians, as a share of their median."""
    medians = [statistics.median(values) for values in rounds]
    return round((max(medians) - min(medians)) / statistics.median(medians), 3)


def machine():
    """Cores, Python and operating system: nothing that names the machine."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def drive(plan):
    """Run a plan in a driver of its own process. Raises BenchFailed when any answer was not the expected one."""
    words = [sys.executable, "-m", "clinic.dev.bench.drive"]
    done = subprocess.run(words, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise BenchFailed("The driver ended with an error; its words are above.")
    result = json.loads(done.stdout)
    if result["errors"]:
        raise BenchFailed(f"{len(result['errors'])} wrong answers, the first: {result['errors'][0]}")
    return result
