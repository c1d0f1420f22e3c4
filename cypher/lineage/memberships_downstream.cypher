// In which groups is one model at a moment, since when, and who said so?
// $key       string    ModelRef.key of the member
// $as_of     datetime  UTC; a membership counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, groups in order of arrival: keys, actors ('' where no event says), starts (microseconds)
// Plan       NodeUniqueIndexSeek, then Expand along MEMBER_OF, WAS_MEMBER_OF, and along MARKED_BY, of which a model has few
MATCH (member:ModelRef {key: $key})-[held:MEMBER_OF|WAS_MEMBER_OF]->(group:Composite)
USING INDEX SEEK member:ModelRef(key)
WHERE held.valid_from    <= $as_of    AND $as_of    < held.valid_to
  AND held.recorded_from <= $known_at AND $known_at < held.recorded_to
WITH member, group, held.valid_from AS since
ORDER BY group.arrival, group.key
RETURN collect(group.key) AS keys, collect(since.epochSeconds * 1000000 + since.microsecond) AS starts,
       collect(coalesce(head(COLLECT {
         MATCH (member)-[:MARKED_BY]->(joined:Snapshot)
         WHERE joined.model_hash = group.model_hash AND joined.event_type = 'member_added'
           AND joined.timestamp = since AND joined.recorded_at <= $known_at
         RETURN joined.actor ORDER BY joined.sequence DESC LIMIT 1
       }), '')) AS actors
