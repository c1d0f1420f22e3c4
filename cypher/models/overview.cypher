// What is in the ledger now, by kind, place and tier?
// Returns  one row: models, events, groups, ports, absent (models that no source sees any more); types, platforms, tiers and statuses (each a
//          list of [word, number], the most first); last_event (microseconds, or null); runs; seals; sealed (events that the newest seal closes)
// Plan     NodeCountFromCountStore for what is only counted; one NodeByLabelScan on ModelRef
CALL () { MATCH (event:Snapshot) RETURN count(event) AS events }
CALL () { MATCH (composite:Composite) RETURN count(composite) AS groups }
CALL () { MATCH (port:Port) RETURN count(port) AS ports }
CALL () { MATCH (run:Run) RETURN count(run) AS runs }
CALL () { MATCH (seal:Seal) RETURN count(seal) AS seals, coalesce(max(seal.last) + 1, 0) AS sealed }
CALL () {
  MATCH (node:ModelRef)
  RETURN collect([node.model_type, node.platform, node.tier, node.status, node.present]) AS nodes,
         max(node.last_timestamp) AS newest
}
RETURN size(nodes) AS models, events, groups, ports, runs, seals, sealed, size([node IN nodes WHERE node[4] = false]) AS absent,
       CASE WHEN newest IS NULL THEN null ELSE newest.epochSeconds * 1000000 + newest.microsecond END AS last_event,
       COLLECT { UNWIND nodes AS node WITH node[0] AS word, count(*) AS number ORDER BY number DESC, word RETURN [word, number] } AS types,
       COLLECT { UNWIND nodes AS node WITH node[1] AS word, count(*) AS number ORDER BY number DESC, word RETURN [word, number] } AS platforms,
       COLLECT { UNWIND nodes AS node WITH node[2] AS word, count(*) AS number ORDER BY number DESC, word RETURN [word, number] } AS tiers,
       COLLECT { UNWIND nodes AS node WITH node[3] AS word, count(*) AS number ORDER BY number DESC, word RETURN [word, number] } AS statuses
