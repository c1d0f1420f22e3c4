// Make a source known, and read what a load has to know of it.
// $key, $name, $scope  strings: Source.key, connector name, scope
// Returns  one row: now and last_complete_at (microseconds since 1970, or null), fresh: whether it has listed nothing yet
MERGE (source:Source {key: $key})
  ON CREATE SET source.name = $name, source.scope = $scope
WITH source, datetime.realtime() AS time
RETURN time.epochSeconds * 1000000 + time.microsecond AS now,
       source.last_complete_at.epochSeconds * 1000000 + source.last_complete_at.microsecond AS last_complete_at,
       NOT EXISTS { (source)<-[:SEEN_BY]-() } AS fresh
