"""The backplane of several workers and machines: Redis 7 or newer, or Valkey."""
