// Keep others from putting groups into groups: two who do so apart from each other could close a circle together.
// $token   string: anything; writing it takes the lock
// Returns  one row: stripes
// Plan     NodeUniqueIndexSeek on Stripe.number
MERGE (stripe:Stripe {number: -1})
SET stripe.lock = $token
RETURN count(stripe) AS stripes
