"""Programs of the system that tests drive: found, or installed where root may; never skipped where they are missing."""

import os
import shutil
import subprocess

# Program -> the Debian package it comes in.
PACKAGES = {
    "chromium": "chromium",
    "nginx": "nginx-light",
    "openssl": "openssl",
    "rsync": "rsync",
    "systemd-analyze": "systemd",
}
SYSTEM = "/usr/local/sbin:/usr/sbin:/sbin"
SECONDS = 600
PATIENT = ["-o", "DPkg::Lock::Timeout=300"]  # another process of the same run may be installing too


class ProgramMissing(RuntimeError):
    """A program is not there and could not be installed; the words say what to do."""


def find(name: str) -> str | None:
    """The path of a program, or None."""
    return shutil.which(name) or shutil.which(name, path=SYSTEM)


def program(name: str) -> str:
    """The path of a program; the system's package is installed when it is missing and root asks.

    Raises ProgramMissing with the exact words what to install.
    """
    found = find(name)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(PACKAGES[name])
        found = find(name)
    if not found:
        raise ProgramMissing(f"{name} is missing. Install it, on Debian with: apt-get install {PACKAGES[name]}")
    return found


def _install(package):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False, "timeout": SECONDS}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *PATIENT, "update"], env=environment, **quiet)
    subprocess.run(["apt-get", *PATIENT, "install", "-y", "--no-install-recommends", package], env=environment, **quiet)
