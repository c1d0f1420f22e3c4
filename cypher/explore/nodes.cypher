// Which nodes have this label, and what do their properties say?
// $label       string: one label, such as 'DataNode'
// $properties  list of strings: property names
// Returns      one row: rows, one list of values a node
MATCH (node:$($label))
RETURN collect([name IN $properties | node[name]]) AS rows
