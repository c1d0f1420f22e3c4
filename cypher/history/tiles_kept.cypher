// Which tiles are there, also those that no log has?
// Returns   one row: tiles, one list of [number, root_hash] each
// Plan      NodeByLabelScan on Tile: few nodes, one for 1,024 events, and some may have no number
MATCH (tile:Tile)
RETURN collect([
  CASE WHEN tile.number IS :: INTEGER THEN tile.number ELSE false END,
  CASE WHEN tile.root_hash IS :: STRING THEN tile.root_hash ELSE false END
]) AS tiles
