// Which models does a person mean: the exact key, else the model_hash, else every one that has the bare name?
// $asked           list of strings: as the person wrote them
// $platform_first  list of strings: the same with their platforms lower-cased
// Returns          one row: keys, for each asked, in its place, the keys that fit, sorted, one where the question is clear; groups, in the same
//                  places, whether each of them is a group; memberships, how many there are and were in the whole ledger
// Plan             three index seeks, each only where the one before found nothing; RelationshipCountFromCountStore
UNWIND range(0, size($asked) - 1) AS place
OPTIONAL MATCH (exact:ModelRef {key: $platform_first[place]})
OPTIONAL MATCH (hashed:ModelRef {model_hash: $asked[place]})
WITH place, coalesce(exact, hashed) AS certain
OPTIONAL MATCH (same:ModelRef {name: $asked[place]})
WHERE certain IS NULL
WITH place, certain, same ORDER BY same.key
WITH place, certain, collect(same) AS named ORDER BY place
WITH CASE WHEN certain IS NULL THEN named ELSE [certain] END AS fitting
WITH collect([node IN fitting | node.key]) AS keys, collect([node IN fitting | node:Composite]) AS groups
CALL () {
  MATCH ()-[every:MEMBER_OF|WAS_MEMBER_OF]->()
  RETURN count(every) AS memberships
}
RETURN keys, groups, memberships
