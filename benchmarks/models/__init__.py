"""A file a row."""
