// Empty a throw-away graph, a slice at a time; the schema and its locks stay. Never run this on a graph that anybody needs.
// $most    integer: how many nodes at once
// Returns  one row: deleted
MATCH (node) WHERE NOT node:Migration AND NOT node:Stripe
WITH node LIMIT $most
DETACH DELETE node
RETURN count(*) AS deleted
