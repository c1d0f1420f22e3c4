// Where does a question about a group begin at a moment? At the group itself, and at whoever is in it then, however deep.
// $key       string    ModelRef.key of the group, e.g. '/credit'
// $as_of     datetime  UTC; a membership counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: keys, the group's first
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (group:ModelRef {key: $key})<-[memberships:MEMBER_OF|WAS_MEMBER_OF*0..]-(start:ModelRef)
USING INDEX SEEK group:ModelRef(key)
WHERE all(m IN memberships WHERE m.valid_from    <= $as_of    AND $as_of    < m.valid_to
                             AND m.recorded_from <= $known_at AND $known_at < m.recorded_to)
WITH start, min(length(path)) AS depth
ORDER BY depth, start.key
RETURN collect(start.key) AS keys
