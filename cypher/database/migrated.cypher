// Which changes of the schema were carried out?
// Returns  one row: number of the newest, 0 where there is none
OPTIONAL MATCH (migration:Migration)
RETURN coalesce(max(migration.number), 0) AS number
