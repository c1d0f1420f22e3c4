// Keep the roots over complete tiles of the log, so that a proof need not read every leaf.
// $rows     list of [number, root_hash]
// Returns   one row: tiles
// Plan      nothing is read
UNWIND $rows AS row
CREATE (tile:Tile {number: row[0], root_hash: row[1]})
RETURN count(tile) AS tiles
