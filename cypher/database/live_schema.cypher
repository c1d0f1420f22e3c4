// Which constraints and indexes does the database have, but for the two it makes itself?
// Returns  one row: names
SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN collect(name) AS names
