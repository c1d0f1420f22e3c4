// Which groups were within a group at a moment, itself among them, however deep?
// $key       string: ModelRef.key of the group
// $as_of     datetime, UTC: a membership counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// Returns    one row: keys, nearest first
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS)
MATCH path = (:ModelRef {key: $key})<-[members:MEMBER_OF|WAS_MEMBER_OF*0..]-(group:Composite)
WHERE all(member IN members WHERE member.valid_from    <= $as_of    AND $as_of    < member.valid_to
                              AND member.recorded_from <= $known_at AND $known_at < member.recorded_to)
WITH group, min(length(path)) AS depth ORDER BY depth, group.key
RETURN collect(group.key) AS keys
