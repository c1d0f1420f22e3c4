// Cease to believe how columns come about: each DERIVES makes way for a DERIVED that says what was believed until now.
// $edges    list of strings, sorted: edge_key
// $now      datetime, UTC: from when on they are not believed
// Returns   one row: claims
// Plan      DirectedRelationshipUniqueIndexSeek on DERIVES.edge_key
UNWIND $edges AS edge
MATCH (from)-[derives:DERIVES {edge_key: edge}]->(to)
CREATE (from)-[was:DERIVED]->(to)
SET was = properties(derives), was.recorded_to = $now
DELETE derives
RETURN count(*) AS claims
