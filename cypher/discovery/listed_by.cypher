// Which models has a source ever listed, and from when to when?
// $source  string: Source.key
// Returns  one row of parallel lists: keys, gone (whether it no longer lists them), first_seen, last_seen and last_known
//          (microseconds): when it last saw or missed it
// Plan     NodeUniqueIndexSeek on Source.key, then Expand along SEEN_BY
MATCH (node:ModelRef)-[seen:SEEN_BY]->(:Source {key: $source})
RETURN collect(node.key) AS keys, collect(seen.gone) AS gone,
       collect(seen.first_seen.epochSeconds * 1000000 + seen.first_seen.microsecond) AS first_seen,
       collect(seen.last_seen.epochSeconds * 1000000 + seen.last_seen.microsecond) AS last_seen,
       collect(seen.last_known.epochSeconds * 1000000 + seen.last_known.microsecond) AS last_known
