// Which elements of data models does nobody read, by any name or address, nor by what holds them?
// Returns  one row an element: element, kind, contract
// Plan     NodeByLabelScan on Concept, then NodeUniqueIndexSeek on Port.key
MATCH (concept:Concept {concept_status: 'ACTIVE'})
WITH concept, [concept] + COLLECT { MATCH (child:Concept {concept_status: 'ACTIVE'})-[:CHILD_OF]->(concept) RETURN child } AS parts
WITH concept, COLLECT {
  UNWIND parts AS part
  CALL (part) {
    RETURN [part.port] + [old IN coalesce(part.previous_labels, []) | toLower(part.prefix + ':' + old)] +
           [(part)-[:HAS_CONTRACT]->()-[:HAS_BINDING]->(binding) | toLower(part.prefix + ':' + binding.runtime_path)] AS names
  }
  UNWIND names AS name
  RETURN DISTINCT name
} + [(concept)-[:CHILD_OF]->(holds) | holds.port] AS names
WHERE NOT EXISTS {
  MATCH (port:Port)-[:FEEDS]->(:DataNode)
  WHERE port.key IN names
}
RETURN concept.prefix + ':' + concept.label AS element, concept.kind AS kind, concept.contract_uri AS contract
ORDER BY element
