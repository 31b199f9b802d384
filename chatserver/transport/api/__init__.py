"""The HTTP API of those who lead: JSON under /api/v1, with a facilitator's key in the Authorization header and nowhere else.

A file a resource, with its models, its handlers and its routes. The routes are a table (`routes.py`), from which the server and the
OpenAPI document are made. Translation only: what an operation does and refuses is in `chatserver/facilitating/`.
"""
