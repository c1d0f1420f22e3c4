// Note that a change of the schema was carried out.
// $number   integer: its place
// $title    string: what it did
// Returns   one row: number
MERGE (migration:Migration {number: $number})
  ON CREATE SET migration.title = $title, migration.applied_at = datetime.realtime()
RETURN migration.number AS number
