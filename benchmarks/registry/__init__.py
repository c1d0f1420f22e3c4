"""Rows about model versions, which no rival of the table has."""
