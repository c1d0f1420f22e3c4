// What do people mean by what a version was trained on: a model and what it writes, or a contract and the element it is of?
// $asked           list of strings: as they wrote them
// $platform_first  list of strings: the same with their platforms lower-cased
// Returns          one row of lists, in the same places: keys (of the models that fit, one where the question is clear), ports (lists of
//                  [identifier, schema or ''] that the one model writes), elements (lists of ports of the contract of that URI)
// Plan             index seeks on ModelRef and Contract, each only where the one before found nothing
UNWIND range(0, size($asked) - 1) AS place
OPTIONAL MATCH (exact:ModelRef {key: $platform_first[place]})
OPTIONAL MATCH (hashed:ModelRef {model_hash: $asked[place]})
WITH place, coalesce(exact, hashed) AS certain
OPTIONAL MATCH (same:ModelRef {name: $asked[place]})
WHERE certain IS NULL
WITH place, certain, same ORDER BY same.key
WITH place, certain, collect(same) AS named
OPTIONAL MATCH (contract:Contract {uri: $asked[place]})
WITH place, CASE WHEN certain IS NULL THEN named ELSE [certain] END AS fitting, contract
ORDER BY place
RETURN collect([node IN fitting | node.key]) AS keys,
  collect(CASE WHEN size(fitting) = 1
    THEN COLLECT { WITH fitting[0] AS node MATCH (node)-[:FEEDS]->(port:Port) WHERE port.kind <> 'declared'
                   WITH DISTINCT port ORDER BY port.key RETURN [port.identifier, coalesce(port.schema, '')] }
    ELSE [] END) AS ports,
  collect(CASE WHEN contract IS NULL THEN []
    ELSE COLLECT { MATCH (contract)<-[:HAS_CONTRACT]-(concept:Concept) WHERE concept.port IS NOT NULL RETURN concept.port } END) AS elements
