// Which version of each model is in production, what was it trained on, and who runs it?
// Returns  one row a version: model, version, since, owner, trained_on, contracts, written_by, run_by, sha256; trained_on are the ports that it
//          reads, contracts those that held then, with their status now, written_by who writes what it reads, run_by who reads what it writes
// Plan     NodeIndexScan on ModelVersion.production_of, then Expand along FEEDS
MATCH (version:ModelVersion)
WHERE version.production_of IS NOT NULL
RETURN version.model_name AS model, version.version AS version, version.stage_since AS since, version.owner AS owner,
  COLLECT { MATCH (version)<-[:FEEDS]-(port:Port) RETURN DISTINCT port.identifier AS port ORDER BY port } AS trained_on,
  COLLECT { MATCH (version)-[trained:TRAINED_ON]->(contract:Contract) RETURN trained.port + ': ' + contract.uri + ' is ' + contract.status AS held ORDER BY held } AS contracts,
  COLLECT { MATCH (version)<-[:FEEDS]-(:Port)<-[:FEEDS]-(writer:DataNode) RETURN DISTINCT writer.key AS key ORDER BY key } AS written_by,
  COLLECT { MATCH (version)-[:FEEDS]->(:Port)-[:FEEDS]->(reader:DataNode) RETURN DISTINCT reader.key AS key ORDER BY key } AS run_by,
  head([(version)-[:STORED_AS]->(artifact:Artifact) | artifact.key]) AS sha256
ORDER BY model
