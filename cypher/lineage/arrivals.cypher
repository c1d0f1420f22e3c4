// What are these models called, and when did each come?
// $keys    strings: ModelRef.key
// Returns  one row of parallel lists, in the places of $keys: names, arrivals
// Plan     NodeUniqueIndexSeek on ModelRef.key
UNWIND range(0, size($keys) - 1) AS place
MATCH (node:ModelRef {key: $keys[place]})
USING INDEX SEEK node:ModelRef(key)
WITH place, node ORDER BY place
RETURN collect(node.name) AS names, collect(node.arrival) AS arrivals
