"""Render a template into the SQL of the daily run and that of the first fill, in a sandbox."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, Undefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

UNKNOWN = "unknown_template_value"
"""Stands where a template asked for something that nobody here can answer."""
UNKNOWN_CALL = "unknown_template_call"
"""The same, where it called something."""
SIGNS = ("{{", "{%", "{#")
LONGEST = 20_000_000
LARGEST_POWER = 10_000
"""Most bits of a power."""


class Rendering(NamedTuple):
    """One text that a template may become."""

    name: str
    """``plain`` (no template), ``daily`` or ``init`` (the first fill)."""
    text: str
    error: str = ""
    """Why the template could not be rendered; the text is then as written."""


def renderings(text: str, templates: bool = True) -> list[Rendering]:  # noqa: FBT001, FBT002
    """Return each text that the SQL may become: two where it is a template, the second only where it differs.

    >>> [r.text for r in renderings("{% if is_init() %}a{% else %}b{% endif %}")]
    ['b', 'a']
    """
    if not templates or not any(sign in text for sign in SIGNS):
        return [Rendering("plain", text)]
    daily, init = (_render(text, name, is_init=name == "init") for name in ("daily", "init"))
    return [daily] if init.text == daily.text else [daily, init]


def strip_placeholders(text: str) -> str:
    """Replace every placeholder by its own name, for SQL whose values are filled in elsewhere.

    >>> strip_placeholders("SELECT * FROM {{schema}}.{{ params.table }}, ${env}_t {# note #}")
    'SELECT * FROM schema.table, env_t '
    """
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{[-\s]*[\w.]*?(\w+)[\s-]*(?:\|[^}]*)?\}\}", r"\1", text)
    text = re.sub(r"\{\{.*?\}\}", UNKNOWN_CALL, text, flags=re.DOTALL)
    return re.sub(r"\$\{\s*[\w.]*?(\w+)\s*\}", r"\1", text)


class _Silent(Undefined):
    """A name or a call that nobody here can answer: it renders its mark, and is falsy, empty and chainable."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Any:
        return _Called(name=self._undefined_name)

    def __getitem__(self, _: Any) -> Any:
        return self

    def __str__(self) -> str:
        return UNKNOWN

    def _self(self, *_: Any) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _self
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = _self

    def _nothing(self, *_: Any) -> Any:
        return 0

    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _nothing


class _Called(_Silent):
    def __str__(self) -> str:
        return UNKNOWN_CALL


class _Nothing(BaseLoader):
    """Every imported file is empty: its macros are calls that nobody here can answer."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        del environment, template
        return "", None, None


class _Sandbox(SandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what would fill the memory: a text or list times a large number, a large power."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one, (str, bytes, list, tuple)) and isinstance(other, int) and len(one) * other > LONGEST:
                raise SecurityError("the template asks for a text that is too long")
        if operator == "**" and isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > LARGEST_POWER:
            raise SecurityError("the template asks for a number that is too large")
        return super().call_binop(context, operator, left, right)


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    return _Sandbox(undefined=_Silent, loader=_Nothing(), extensions=["jinja2.ext.do"])


def _render(text: str, name: str, *, is_init: bool) -> Rendering:
    try:
        parts, length = [], 0
        for part in _environment().from_string(text).generate(is_init=lambda: is_init):
            parts.append(part)
            length += len(part)
            if length > LONGEST:
                raise SecurityError("the template makes a text that is too long")  # noqa: TRY301
    except Exception as error:  # noqa: BLE001  # a template is a program of its own: whatever it raises is its fault
        line = getattr(error, "lineno", None)
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        return Rendering(name, text, f"template: {reason}" + (f", line {line}" if line else ""))
    return Rendering(name, "".join(parts))
