// What does a person say that a model reads or writes of data models, and to which contracts is it pinned?
// $key     string: ModelRef.key, locked
// $source  string: Source.key under which such declarations are kept
// Returns  one row: inputs and outputs (identifiers of the ports it is said to read and write)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
OPTIONAL MATCH (node:ModelRef {key: $key})
RETURN [(port:Port)-[read:FEEDS]->(node) WHERE read.source = $source | port.identifier] AS inputs,
       [(node)-[written:FEEDS]->(port:Port) WHERE written.source = $source | port.identifier] AS outputs
