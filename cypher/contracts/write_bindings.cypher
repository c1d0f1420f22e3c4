// Write new bindings of contracts.
// $rows      list of maps: uri, serial, contract (Contract.uri), instance (or null), path, status, ended (whether it has ended in the same
//            report), old (uri of the binding it supersedes, or null)
// $at        datetime, UTC: since when they hold
// $now       datetime, UTC: since when the ledger knows
// $open_end  datetime: 9999-12-31
// Returns    one row: bindings
// Plan       NodeUniqueIndexSeek on Contract.uri and Binding.uri
UNWIND $rows AS row
MATCH (contract:Contract {uri: row.contract})
CREATE (contract)-[:HAS_BINDING]->(binding:Binding {
  uri: row.uri, serial: row.serial, contract_uri: row.contract, instance_label: row.instance, runtime_path: row.path, status: row.status,
  valid_from: $at, recorded_from: $now,
  valid_to: CASE WHEN row.ended THEN $at ELSE $open_end END, end_recorded: CASE WHEN row.ended THEN $now ELSE $open_end END
})
WITH binding, row
OPTIONAL MATCH (old:Binding {uri: row.old})
FOREACH (each IN CASE WHEN old IS NULL THEN [] ELSE [old] END | CREATE (binding)-[:SUPERSEDES]->(each))
RETURN count(binding) AS bindings
