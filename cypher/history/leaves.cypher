// Which leaves does the log have from one position to before another?
// $first, $end  integers: positions
// Returns   one row of parallel lists, by position: positions, chains (chain_hash, '' where an event has none)
// Plan      NodeUniqueIndexSeekByRange on Snapshot.position, in its order
MATCH (snapshot:Snapshot)
WHERE $first <= snapshot.position AND snapshot.position < $end
WITH snapshot ORDER BY snapshot.position
RETURN collect(snapshot.position) AS positions, collect(coalesce(snapshot.chain_hash, '')) AS chains
