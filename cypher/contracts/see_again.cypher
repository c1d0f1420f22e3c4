// Note that a data model still has these containers, of which its newest report changed nothing.
// $source  string: Source.key
// $at      datetime, UTC: time of the report
// Returns  one row: seen
// Plan     NodeUniqueIndexSeek on Source.key, then Expand along SEEN_BY
MATCH (source:Source {key: $source})<-[seen:SEEN_BY]-(node:Concept)
WHERE NOT seen.gone AND seen.last_known < $at
SET seen.last_seen = $at, seen.last_known = $at
RETURN count(seen) AS seen
