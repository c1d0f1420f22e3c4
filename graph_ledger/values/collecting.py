"""No search for cycles while rows are made: tens of thousands are, none is in a cycle, and each search looks at all of them again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collecting() -> Iterator[None]:
    """Keep Python from searching for cycles of objects; of several at once, the first to begin lets it search again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
