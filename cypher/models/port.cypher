// Is there a port of this name, and which models write and read it today?
// $identifiers  list of strings: Port.identifier, as it may have been meant
// $most         integer: how many writers are named at most
// Returns       one row: ports (how many), writers (keys), written_by, read_by (how many)
// Plan          NodeIndexSeek on Port.identifier, then Expand; asked only where no model fits
MATCH (port:Port)
WHERE port.identifier IN $identifiers AND port.kind <> 'declared'
WITH collect(port) AS ports
RETURN size(ports) AS ports,
       COLLECT { UNWIND ports AS port MATCH (writer:DataNode)-[:FEEDS]->(port) RETURN DISTINCT writer.key AS key ORDER BY key LIMIT $most } AS writers,
       COUNT { UNWIND ports AS port MATCH (writer:DataNode)-[:FEEDS]->(port) RETURN DISTINCT writer } AS written_by,
       COUNT { UNWIND ports AS port MATCH (port)-[:FEEDS]->(reader:DataNode) RETURN DISTINCT reader } AS read_by
