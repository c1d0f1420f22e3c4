"""Asked: what a person names models by, as it is looked up."""

from collections.abc import Iterable

from graph_ledger.errors import ValidationError
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.port import normal


def name_of(model: ModelLike) -> str:
    """Return what a model is asked for by, as a text.

    Raises:
        ValidationError: It is neither a text that could be one nor a ModelRef.

    >>> name_of("ml/fraud")
    'ml/fraud'
    """
    if isinstance(model, ModelRef):
        return model.model_hash
    if not isinstance(model, str):
        raise ValidationError(f"a model is asked for by key, hash, name or ModelRef, not by {model!r}")
    if not model.strip():
        raise ValidationError("a model is asked for by key, hash or name, and this text is blank")
    # Names are kept in one normal form; a text that no name can be fits nothing, and is asked for with its faults shown.
    return normal(model).encode(errors="replace").decode()


def several(models: Iterable[ModelLike]) -> list[ModelLike]:
    """Return models one by one; a text is one model, not one a letter.

    Raises:
        ValidationError: They are no models.

    >>> several("ml/fraud"), several(("a", "b"))
    (['ml/fraud'], ['a', 'b'])
    """
    if isinstance(models, (str, ModelRef)):
        return [models]
    if not isinstance(models, Iterable):
        raise ValidationError(f"members are models, by key, hash, name or ModelRef, not {models!r}")
    return list(models)
