"""Where a connection comes from, cut down to its network before anybody sees it."""

from __future__ import annotations

import ipaddress
import socket


def network_prefix(address: str | None) -> bytes | None:
    """The 4 bytes of an IPv4 address, or the first 8 (a /64) of an IPv6 one; None for what is no address (a UNIX socket)."""
    try:
        return socket.inet_pton(socket.AF_INET, address or "")  # the plainest way for the most of them
    except (OSError, ValueError):  # a zero character
        pass
    try:
        ip = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        return ip.ipv4_mapped.packed if ip.ipv4_mapped else ip.packed[:8]
    return ip.packed
