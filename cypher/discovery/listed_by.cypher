// Which models has a source ever listed, and which of them does it still list?
// $source  string: Source.key
// Returns  one row of parallel lists: keys, gone
// Plan     NodeUniqueIndexSeek on Source.key, then Expand along SEEN_BY
MATCH (node:ModelRef)-[seen:SEEN_BY]->(:Source {key: $source})
RETURN collect(node.key) AS keys, collect(seen.gone) AS gone
