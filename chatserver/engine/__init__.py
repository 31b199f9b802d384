"""What a worker does with rooms: asyncio, but no Socket.IO, no HTTP, no Redis and no SQL."""
