// Make ports known.
// $rows    list of maps, sorted by key: key, identifier, kind, schema (JSON or null), names, values, expressions (lists or null)
// Returns  one row: ports
// Plan     a unique index behind the MERGE
UNWIND $rows AS row
MERGE (port:Port {key: row.key})
  ON CREATE SET port.identifier = row.identifier, port.kind = row.kind, port.schema = row.schema,
                port.schema_names = row.names, port.schema_values = row.values, port.schema_expressions = row.expressions
RETURN count(port) AS ports
