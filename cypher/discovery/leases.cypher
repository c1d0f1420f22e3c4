// Which sources are being read, by whom, and until when does the lease hold without being renewed?
// Returns  one row of parallel lists: sources, holders, fences, seconds (left; below 0: the holder has died)
MATCH (source:Source)
WHERE source.lease_holder IS NOT NULL
WITH source, datetime.realtime() AS time
ORDER BY source.key
RETURN collect(source.key) AS sources, collect(source.lease_holder) AS holders, collect(source.fence) AS fences,
       collect(source.lease_until.epochSeconds - time.epochSeconds) AS seconds
