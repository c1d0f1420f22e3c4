// Say under which address bindings are met now, after a rename.
// $rows    list of [uri, runtime path]
// Returns  one row: bindings
// Plan     NodeUniqueIndexSeek on Binding.uri
UNWIND $rows AS row
MATCH (binding:Binding {uri: row[0]})
SET binding.runtime_path = row[1]
RETURN count(binding) AS bindings
