"""Show the examples of a docstring as what was typed and what came out. An extension of Griffe."""

import re
from typing import Any

from griffe import Extension, Object

EXAMPLE = re.compile(r"(?:^|(?<=\n))>>> .*?(?=\n[ \t]*\n|\Z)", re.DOTALL)


class Examples(Extension):
    """Put a fence around each run of lines that begins with the prompt of Python."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Change the docstring of one object, as it was loaded."""
        if obj.docstring and ">>> " in obj.docstring.value:
            obj.docstring.value = EXAMPLE.sub(lambda found: f"\n```pycon\n{found[0].rstrip()}\n```", obj.docstring.value)
