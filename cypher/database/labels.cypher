// Which labels does the database know?
// Returns  one row: labels
CALL db.labels() YIELD label
RETURN collect(label) AS labels
