"""What directories and everybody's calendar can read: made from groups and meetings as the store has them, with nothing about people.

Pure: no HTTP, no clock. `transport/feeds.py` serves it."""
