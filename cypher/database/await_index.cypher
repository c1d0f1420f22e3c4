// Is an index filled? One that has just been made for a graph of old is filled beside other work, and refuses questions until then.
// $name     string: the index
// $seconds  integer: how long to wait at most
// Returns   nothing, once it is
CALL db.awaitIndex($name, $seconds)
