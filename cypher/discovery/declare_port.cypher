// Make the port known through which a declared dependency passes; both models are DataNodes from now on.
// $key         string: Port.key, 'declared' with both hashes and the relationship
// $identifier  string: what people read
// $upstream, $downstream  strings: ModelRef.key, locked
// $at          datetime, UTC: when the dependency was declared
// Returns      one row: port
// Plan         NodeUniqueIndexSeek on ModelRef.key, twice
MATCH (upstream:ModelRef {key: $upstream})
MATCH (downstream:ModelRef {key: $downstream})
SET upstream:DataNode, upstream.discovered_at = coalesce(upstream.discovered_at, $at),
    downstream:DataNode, downstream.discovered_at = coalesce(downstream.discovered_at, $at)
MERGE (port:Port {key: $key})
  ON CREATE SET port.identifier = $identifier, port.kind = 'declared'
RETURN port.key AS port
