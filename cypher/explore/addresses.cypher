// Which bindings had one address, and which took their places?
// $address string: Binding.runtime_path; in Browser first  :param address => 'Account.Current.Balance'
// Returns  one row a binding, newest first: binding, element, status, since, until, successor, successor_address (null where none took its place)
// Plan     NodeIndexSeek on Binding.runtime_path, then Expand
MATCH (binding:Binding {runtime_path: $address})<-[:HAS_BINDING]-(:Contract)<-[:HAS_CONTRACT]-(concept:Concept)
OPTIONAL MATCH (binding)<-[:SUPERSEDES*1..]-(newest:Binding WHERE newest.status = 'ACTIVE')
RETURN binding.uri AS binding, concept.prefix + ':' + concept.label AS element, binding.status AS status, binding.valid_from AS since,
       CASE WHEN binding.status <> 'ACTIVE' THEN binding.valid_to END AS until, newest.uri AS successor,
       newest.runtime_path AS successor_address
ORDER BY since DESC, binding
