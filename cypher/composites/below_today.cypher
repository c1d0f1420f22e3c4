// Which groups are within a group now, itself among them, however deep?
// $key     string: ModelRef.key of the group
// Returns  one row: keys, nearest first
// Plan     NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS)
MATCH path = (:ModelRef {key: $key})<-[:MEMBER_OF*0..]-(group:Composite)
WITH group, min(length(path)) AS depth ORDER BY depth, group.key
RETURN collect(group.key) AS keys
