// Make the locks that the names of new models share.
// $count   integer: how many
// Returns  one row: stripes
UNWIND range(0, $count - 1) AS number
MERGE (stripe:Stripe {number: number})
RETURN count(stripe) AS stripes
