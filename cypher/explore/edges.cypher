// Which nodes of one label have this relationship to nodes of another?
// $from, $type, $to  strings: label, relationship type, label, such as 'DataNode', 'FEEDS', 'Port'
// $from_property, $to_property  strings: what to show of the two ends, such as 'key'
// Returns            one row: rows, one pair a relationship
MATCH (from:$($from))-[edge:$($type)]->(to:$($to))
RETURN collect([from[$from_property], to[$to_property]]) AS rows
