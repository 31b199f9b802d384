"""Sockets to listen on, made before those who serve them, and the sentence for when there can be none."""

from __future__ import annotations

import errno
import socket

# Bytes of a connection that the kernel takes before we are told that it does not read; Linux counts its own share on top, and doubles it.
# By itself it would go up to some megabytes for each who does not read.
SEND_BUFFER = 65_536
BACKLOG = 4_096  # connections that wait to be taken


class CannotListen(Exception):
    """The address is taken, not ours, or not allowed. `args[0]` is a sentence for the operator."""


def listening_sockets(host: str, port: int, count: int) -> list[list[socket.socket]]:
    """`count` times a socket for each address of `host`, all on one port (0: any free one). Raises `CannotListen`.

    The kernel spreads new connections evenly over them. Each has a queue of its own, which lasts as long as any process has it open:
    who comes while nobody takes connections from it waits there."""
    made: list[list[socket.socket]] = []
    try:
        for family, address in _addresses(host, port):
            if port:
                # Sockets that share a port would share it with another chatserver of this user, too.
                _listening(family, (address, port), shared=False).close()
            for number in range(count):
                if number == len(made):
                    made.append([])
                made[number].append(_listening(family, (address, port), shared=True))
                port = made[number][-1].getsockname()[1]
    except (OSError, OverflowError) as fault:
        for opened in made:
            for one in opened:
                one.close()
        raise cannot_listen(fault, host, port, "server") from None
    return made


def _addresses(host: str, port: int) -> list[tuple[int, str]]:
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))


def _listening(family: int, address: tuple[str, int], *, shared: bool) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # or those who left a minute ago would keep us from starting again
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)  # what is taken from it has the same
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
        made.listen(BACKLOG)
    except BaseException:
        made.close()
        raise
    return made


def cannot_listen(fault: Exception, host: str, port: int, section: str) -> CannotListen:
    """Why not, where `fault` came of listening; `section` is that of the settings."""
    number = fault.errno if isinstance(fault, OSError) else None
    if number == errno.EADDRINUSE:
        return CannotListen(
            f"Port {port} on {host} is in use, perhaps by another chatserver. Stop that one, or choose another ({section}.port)."
        )
    if number == errno.EACCES:
        return CannotListen(
            f"Port {port} needs rights that this user does not have. Choose one above 1023 ({section}.port), with a proxy in front."
        )
    return CannotListen(f"{host} is not an address of this machine ({section}.host).")
