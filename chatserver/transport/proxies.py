"""Which address a connection comes from, where a proxy stands in front.

A header is believed only of a peer in the networks that the settings name. Of the hops that it tells, those in these networks are proxies,
and the first before them, from the right, is who came: whatever stands left of that, anybody could have written. What cannot be read counts
for nothing: then it is the peer.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from chatserver.transport.network import ONION, address_of, network_class

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MAX_HEADER = 2_048  # characters, of the right end: more cannot be honest, and whoever comes may have put it there to hide
# What the proxy of an onion service writes in place of an address. Tor's visitors have none, and are one class.
_ONION_HOPS = frozenset({"onion", "_onion"})


class Proxies:
    def __init__(self, header: str = "", networks: Sequence[str] = ()) -> None:
        """`header`: "Forwarded" (RFC 7239), or one that lists addresses, like X-Forwarded-For. Without one there is no proxy."""
        self.header = header
        self._in_parts = header.lower() == "forwarded"
        self._networks: list[_Network] = [ipaddress.ip_network(each) for each in networks]

    def class_of(self, peer: str | None, values: Sequence[str]) -> bytes | None:
        """What is kept of where a connection comes from, by the address of its peer and what the header says, each time it is there."""
        return network_class(self._came_from(peer, values))

    def _came_from(self, peer: str | None, values: Sequence[str]) -> str | None:
        if not self.header or not values or not self._trusts(peer):
            return peer
        told = ",".join(values)[-MAX_HEADER:]
        came_from = peer
        for hop in reversed(told.split(",")):
            address = _forwarded_for(hop) if self._in_parts else hop
            address = _bare(address)
            if address in _ONION_HOPS:
                return ONION
            if address_of(address) is None:
                return peer
            came_from = address
            if not self._trusts(address):
                break
        return came_from

    def _trusts(self, address: str | None) -> bool:
        ip = address_of(address)
        return ip is not None and any(ip in network for network in self._networks if network.version == ip.version)


def _forwarded_for(element: str) -> str:
    """Of an element of a Forwarded header, who it is for."""
    for pair in element.split(";"):
        name, _, value = pair.partition("=")
        if name.strip().lower() == "for":
            return value.strip()
    return ""


def _bare(hop: str) -> str:
    """The address without quotes, brackets and port."""
    hop = hop.strip().strip('"')
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
