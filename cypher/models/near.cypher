// Which models have a name like this one?
// $asked   string: what was asked for, lower-cased, ':' as '.'
// $grams   list of strings: every two characters that stand side by side in its last part
// $most    integer: how many at most
// Returns  one row of parallel lists, nearest first: ranks (0 equal, 1 begins with it, 2 holds it, 3 is held by it, 4 shares half of $grams), keys
// Plan     NodeByLabelScan: asked only where nothing fits
MATCH (node:ModelRef)
WITH node.key AS key, replace(toLower(node.name), ':', '.') AS name, replace(toLower(node.key), ':', '.') AS whole
WITH key, name, whole, size([gram IN $grams WHERE split(replace(name, '/', '.'), '.')[-1] CONTAINS gram]) AS shared
WITH key, shared, abs(size(name) - size($asked)) AS difference, CASE
  WHEN name = $asked OR whole = $asked THEN 0
  WHEN name STARTS WITH $asked OR whole STARTS WITH $asked OR name CONTAINS '.' + $asked THEN 1
  WHEN size($asked) > 2 AND whole CONTAINS $asked THEN 2
  WHEN $asked ENDS WITH '.' + name OR $asked ENDS WITH '/' + name OR ($asked CONTAINS name AND 2 * size(name) >= size($asked)) THEN 3
  WHEN 2 * shared >= size($grams) THEN 4
END AS rank
WHERE rank IS NOT NULL
WITH key, rank ORDER BY rank, CASE WHEN rank = 4 THEN -shared ELSE 0 END, difference, key LIMIT $most
RETURN collect(rank) AS ranks, collect(key) AS keys
