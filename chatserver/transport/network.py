"""Where a connection comes from, cut down before anybody sees it."""

from __future__ import annotations

import hashlib
import ipaddress
import socket

ONION = "onion"  # in place of an address: by way of Tor
CLASS_BYTES = 2  # so much is kept of a network while its connection lasts: one value stands for 65,536 IPv4 addresses


def address_of(address: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """None for what is no address (a UNIX socket). An IPv4 address in IPv6's clothes is the IPv4 one."""
    try:
        ip = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip


def network_prefix(address: str | None) -> bytes | None:
    """The 4 bytes of an IPv4 address, or the first 8 (a /64) of an IPv6 one; None for what is no address."""
    try:
        return socket.inet_pton(socket.AF_INET, address or "")  # the plainest way for the most of them
    except (OSError, ValueError):  # a zero character
        pass
    ip = address_of(address)
    return None if ip is None else ip.packed[:8]


def network_class(address: str | None) -> bytes | None:
    """What stands for the network from then on: a hash of its prefix, cut so short that it fits thousands of networks.

    It is the same on every worker, and for all who come by way of Tor."""
    prefix = b"onion" if address == ONION else network_prefix(address)
    return None if prefix is None else hashlib.blake2b(prefix, digest_size=CLASS_BYTES).digest()
