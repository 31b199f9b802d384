"""Pretend members who hold a whole meeting on a running server, over real sockets: a demonstration, practice for who leads, and a test.

They know of the server what docs/protocol.md tells any client, and nothing else.
"""
