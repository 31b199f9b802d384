"""A believable week, for trying out and for screenshots: one group for each format that comes along. Its words are in `week.toml`."""
