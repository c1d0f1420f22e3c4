// What do versions read, and under which contract were they trained on it?
// $keys    list of strings: ModelRef.key of each version
// Returns  one row of lists, in the same places: ports (identifiers that it reads, sorted), contracts (lists of [port, URI])
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (version:ModelRef {key: key})
RETURN
  collect(COLLECT { MATCH (version)<-[:FEEDS]-(port:Port) RETURN DISTINCT port.identifier AS port ORDER BY port }) AS ports,
  collect(COLLECT { MATCH (version)-[trained:TRAINED_ON]->(contract:Contract) RETURN [trained.port, contract.uri] ORDER BY trained.port }) AS contracts
