// Through which data ports does one model feed another now?
// $upstream, $downstream  strings: ModelRef.key
// Returns  one row: identifiers, sorted
// Plan     NodeUniqueIndexSeek on ModelRef.key, twice
OPTIONAL MATCH (upstream:ModelRef {key: $upstream})-[:FEEDS]->(port:Port)-[:FEEDS]->(downstream:ModelRef {key: $downstream})
WHERE port.kind <> 'declared'
WITH DISTINCT port.identifier AS identifier ORDER BY identifier
RETURN collect(identifier) AS identifiers
