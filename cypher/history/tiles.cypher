// What are the roots over the complete tiles of the log?
// $most     integer: only the tiles before this number
// Returns   one row of parallel lists, by number: numbers, hashes (false where a tile has none)
// Plan      NodeUniqueIndexSeekByRange on Tile.number, in its order
MATCH (tile:Tile)
WHERE 0 <= tile.number AND tile.number < $most
WITH tile ORDER BY tile.number
RETURN collect(tile.number) AS numbers, collect(CASE WHEN tile.root_hash IS :: STRING NOT NULL THEN tile.root_hash ELSE false END) AS hashes
