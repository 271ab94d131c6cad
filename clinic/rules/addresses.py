"""Network addresses as others name them. Pure."""

import ipaddress


def is_address(text: str) -> bool:
    """Whether this is an IPv4 or IPv6 address and nothing else."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
