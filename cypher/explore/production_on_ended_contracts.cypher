// Which versions in production were trained on, or are pinned to, a contract that holds no longer, and since when?
// Returns  one row a version and contract, longest ended first: version, owner, way (TRAINED_ON or PINNED_TO), element, contract, status, ended
// Plan     NodeByLabelScan on ModelVersion, then Expand
MATCH (version:ModelVersion {stage: 'production'})-[way:TRAINED_ON|PINNED_TO]->(contract:Contract)
WHERE contract.status <> 'ACTIVE'
MATCH (concept:Concept)-[:HAS_CONTRACT]->(contract)
RETURN DISTINCT version.key AS version, version.owner AS owner, type(way) AS way, concept.prefix + ':' + concept.label AS element,
       contract.uri AS contract, contract.status AS status, contract.valid_to AS ended
ORDER BY ended, version, contract
