// Which leaves does the log have from one position to before another?
// $first, $end  integers: positions
// Returns   one row of parallel lists, by position: positions, chains (chain_hash, false where an event has none)
// Plan      NodeUniqueIndexSeekByRange on Snapshot.position, in its order
MATCH (snapshot:Snapshot)
WHERE $first <= snapshot.position AND snapshot.position < $end
WITH snapshot ORDER BY snapshot.position
RETURN collect(snapshot.position) AS positions,
       collect(CASE WHEN snapshot.chain_hash IS :: STRING NOT NULL THEN snapshot.chain_hash ELSE false END) AS chains
