"""ModelMetrics: how good a version is, in numbers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import pydantic
from pydantic import Field
from typing_extensions import Self

from graph_ledger.errors import ValidationError
from graph_ledger.values.value import Value

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class ModelMetrics(Value):
    """Seven metrics that everybody knows, and whatever others there are.

    >>> ModelMetrics(accuracy=0.9, custom={"gini": 0.61}).to_dict()
    {'accuracy': 0.9, 'gini': 0.61}
    """

    accuracy: Number | None = None
    """Share that was right."""
    precision: Number | None = None
    """Share of what was found that is right."""
    recall: Number | None = None
    """Share of what is right that was found."""
    f1_score: Number | None = None
    """Harmonic mean of precision and recall."""
    auc_roc: Number | None = None
    """Area under the receiver operating characteristic."""
    mse: Number | None = None
    """Mean squared error."""
    mae: Number | None = None
    """Mean absolute error."""
    custom: dict[str, Number] = {}
    """Whatever else was measured, by name; it wins over one of the seven."""

    if not TYPE_CHECKING:  # there its parameters are the fields

        def __init__(self, **measured: Any) -> None:
            """Make metrics of numbers by name.

            Raises:
                ValidationError: Something is no finite number, or stands under a name that is none of the seven.
            """
            if strange := measured.keys() - type(self).model_fields.keys():
                names = ", ".join(sorted(strange))
                raise ValidationError(
                    f"no metric is called {names} here: there are {', '.join(STANDARD)}; any other goes into custom={{...}}"
                )
            try:
                super().__init__(**measured)
            except pydantic.ValidationError as error:
                raise ValidationError(f"metrics are finite numbers by name: {_first(error)}") from None

    def to_dict(self) -> dict[str, float]:
        """Return what was measured as one mapping; what was not is left out."""
        known = {name: getattr(self, name) for name in STANDARD}
        return {name: value for name, value in known.items() if value is not None} | self.custom

    @classmethod
    def of(cls, given: "ModelMetrics | Mapping[str, Any] | None") -> Self:
        """Make metrics of what a person gives: metrics, or a mapping of names to numbers.

        Raises:
            ValidationError: Something in it is no number, or no finite one.

        >>> ModelMetrics.of({"mae": 1, "gini": 0.61}).custom
        {'gini': 0.61}
        """
        if given is None:
            return cls()
        if not isinstance(given, (ModelMetrics, Mapping)):
            raise ValidationError(f"metrics are ModelMetrics or a mapping of names to numbers, not {given!r}")
        if isinstance(given, ModelMetrics):
            return cls.model_validate(given.model_dump())
        own = {name: value for name, value in given.items() if name in STANDARD}
        custom = {name: value for name, value in given.items() if name not in STANDARD and name != "custom"}
        try:
            return cls(**own, custom={**custom, **(given.get("custom") or {})})
        except (pydantic.ValidationError, TypeError) as error:
            raise ValidationError(f"metrics are finite numbers by name: {_first(error)}") from None

    @classmethod
    def of_flat(cls, told: dict[str, float]) -> Self:
        """Make metrics of what `to_dict` returned, without a second validation: a search finds ten thousand."""
        fields = BLANK.copy()
        custom: dict[str, float] = {}
        for name, value in told.items():
            (fields if name in BLANK else custom)[name] = value
        fields["custom"] = custom
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", fields)
        object.__setattr__(made, "__pydantic_fields_set__", GIVEN)
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


STANDARD = tuple(name for name in ModelMetrics.model_fields if name != "custom")
"""The seven, in their order."""
BLANK: dict[str, Any] = dict.fromkeys(STANDARD)
GIVEN = set(ModelMetrics.model_fields)


def _first(error: Exception) -> str:
    if not isinstance(error, pydantic.ValidationError):
        return str(error)
    found = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, found['loc']))}: {found['msg']}"
