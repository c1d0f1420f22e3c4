// When did each source last see these models as it last said they were? Repeated sightings write no event, so SEEN_BY alone knows.
// $keys    list of strings: ModelRef.key, locked
// Returns  one row of parallel lists: keys, sources, times (microseconds), contents (number of the event that holds what it said)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along SEEN_BY
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})-[seen:SEEN_BY]->(source:Source)
WHERE NOT seen.gone
RETURN collect(key) AS keys, collect(source.key) AS sources, collect(seen.content_sequence) AS contents,
       collect(seen.last_known.epochSeconds * 1000000 + seen.last_known.microsecond) AS times
