// Which of these models are there, under their own key or, registered without a platform, under '/name'?
// $rows    list of [key, name]
// Returns  one row of parallel lists as long as $rows: exact, bare (keys, '' where there is none)
// Plan     NodeUniqueIndexSeek on ModelRef.key, twice
UNWIND $rows AS row
OPTIONAL MATCH (exact:ModelRef {key: row[0]})
OPTIONAL MATCH (bare:ModelRef {key: '/' + row[1]})
RETURN collect(coalesce(exact.key, '')) AS exact, collect(coalesce(bare.key, '')) AS bare
