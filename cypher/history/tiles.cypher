// What are the roots over the complete tiles of the log?
// $most     integer: only the tiles before this number
// Returns   one row of parallel lists, by number: numbers, hashes
// Plan      NodeUniqueIndexSeekByRange on Tile.number, in its order
MATCH (tile:Tile)
WHERE tile.number < $most
WITH tile ORDER BY tile.number
RETURN collect(tile.number) AS numbers, collect(tile.root_hash) AS hashes
