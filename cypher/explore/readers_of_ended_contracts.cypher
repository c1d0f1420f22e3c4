// Who reads an element by a contract that was superseded or removed since, and which one holds now?
// Returns  one row a reader and element, longest ended first: reader, owner, element, contract, ended, holds (null where the element was removed)
// Plan     NodeByLabelScan on Contract, then Expand along PINNED_TO
MATCH (contract:Contract)<-[pin:PINNED_TO {role: 'consumer'}]-(reader:ModelRef)
WHERE contract.status <> 'ACTIVE'
MATCH (concept:Concept)-[:HAS_CONTRACT]->(contract)
RETURN reader.key AS reader, reader.owner AS owner, concept.prefix + ':' + concept.label AS element, contract.uri AS contract,
       contract.valid_to AS ended, CASE WHEN concept.concept_status = 'ACTIVE' THEN concept.contract_uri END AS holds
ORDER BY ended, reader, element
