// Keep others from creating models of these names: the lock that a name has before its model is there.
// $numbers  list of integers, sorted: Stripe.number
// $token    string: anything; writing it takes the lock
// Returns   one row: stripes
UNWIND $numbers AS number
MATCH (stripe:Stripe {number: number})
SET stripe.lock = $token
RETURN count(stripe) AS stripes
