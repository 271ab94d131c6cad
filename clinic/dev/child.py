"""Start one program that ends with its parent, as an ordinary user where root would be refused.

Run by path, alone, before anything of the project is importable:
    python -I child.py PARENT SIGNAL USER GROUP REACH -- program argument...

PARENT is the pid the program must not outlive, SIGNAL what it gets when the parent dies, USER and GROUP the
numeric account to become (0 0: stay), REACH 1 keeps the right to pass folders closed to that account, so that
no folder above the project has to be opened for it. Linux gives all of that; elsewhere only the start happens.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Data(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def become(user: int, group: int, reach: bool) -> None:
    """Leave root for good; with `reach` keep only the right to pass closed folders. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True) if reach else None
    if libc:
        _checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)
    if libc:
        bit = 1 << CAP_DAC_OVERRIDE
        data = (_Data * 2)(_Data(bit, bit, bit), _Data(0, 0, 0))
        _checked(libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), data))
        _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def end_with(parent: int, signal: int) -> None:
    """Ask the kernel to send `signal` here when the parent dies; leave at once when it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("The process that started this one is gone.")


def _checked(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def main(words: list[str]) -> None:
    parent, signal, user, group, reach = (int(word) for word in words[:5])
    if user:
        become(user, group, bool(reach))
    end_with(parent, signal)
    os.execv(words[6], words[6:])  # noqa: S606  to become the program is what this is for


if __name__ == "__main__":
    main(sys.argv[1:])
