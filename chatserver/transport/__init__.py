"""Sockets and HTTP: translation only. The one package that imports aiohttp."""
