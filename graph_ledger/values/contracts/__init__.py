"""What users hold of data contracts: kinds, reports, rules, metadata, tables, changes, results."""
