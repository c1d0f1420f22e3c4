// What time is it, by the one clock that counts?
// Returns  one row: now, microseconds since 1970, UTC
WITH datetime.realtime() AS time
RETURN time.epochSeconds * 1000000 + time.microsecond AS now
