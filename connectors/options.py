"""Options as a configuration gives them, held against what a factory takes."""

import inspect
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from graph_ledger.errors import ValidationError

NAMED = frozenset({inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY})


def call_with(factory: Callable[..., Any], kind: str, options: Mapping[str, Any]) -> Any:
    """Call a factory with options.

    Raises:
        ValidationError: An option is unknown, missing, or of a kind that the factory does not take; the message names it.

    >>> call_with(dict, "any", {"a": 1})
    {'a': 1}
    """
    check_options(factory, kind, options)
    try:
        return factory(**options)
    except TypeError as error:
        raise ValidationError(f"the options of the connector type {kind!r} do not fit: {error}") from error


def check_options(factory: Callable[..., Any], kind: str, options: Mapping[str, Any]) -> None:
    """Refuse options that a factory does not have, and the lack of those that it needs."""
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):  # of a built-in function, which tells nothing
        return
    known = [each.name for each in parameters if each.kind in NAMED]
    takes = f"it takes {', '.join(known) or 'none'}"
    if not any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters):
        for option in options:
            if option not in known:
                near = get_close_matches(option, known)
                guess = f"did you mean {near[0]!r}? " if near else ""
                raise ValidationError(f"the connector type {kind!r} has no option {option!r}: {guess}{takes}")
    for each in parameters:
        if each.kind in NAMED and each.default is inspect.Parameter.empty and each.name not in options:
            raise ValidationError(f"the connector type {kind!r} needs the option {each.name!r}: {takes}")
