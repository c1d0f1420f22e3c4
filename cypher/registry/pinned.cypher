// Which contracts does a version stand on: those it was trained on, and those that it or what runs it was built against?
// $keys    list of strings: ModelRef.key of the version and of what runs it
// Returns  one row: contracts, by key and URI, one list each: [ModelRef.key, relationship type, URI, status, port]
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})-[pinned:TRAINED_ON|PINNED_TO]->(contract:Contract)
OPTIONAL MATCH (contract)<-[:HAS_CONTRACT]-(concept:Concept)
WITH DISTINCT key, type(pinned) AS kind, contract.uri AS uri, contract.status AS status, coalesce(concept.port, '') AS port
ORDER BY key, uri, kind
RETURN collect([key, kind, uri, status, port]) AS contracts
