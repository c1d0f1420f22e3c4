"""Values: words, metrics, versions and what they are as plain JSON."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pydantic
import pytest

from graph_ledger.errors import ValidationError
from graph_ledger.registry import ModelFramework, ModelMetrics, ModelStage, ModelVersion, RegisteredModel

SEVEN = {"accuracy": 0.9, "precision": 0.8, "recall": 0.7, "f1_score": 0.6, "auc_roc": 0.5, "mse": 4.0, "mae": 2}
NOON = datetime(2026, 6, 30, 12, tzinfo=timezone.utc)


def test_the_words_are_those_of_the_field() -> None:
    assert [each.value for each in ModelStage] == ["development", "staging", "production", "archived"]
    assert [each.value for each in ModelFramework] == ["sklearn", "pytorch", "tensorflow", "onnx", "custom"]
    assert ModelStage.of("PRODUCTION") is ModelStage.of(ModelStage.PRODUCTION) is ModelStage.PRODUCTION
    for wrong in ("live", "", None, 3, ModelFramework.ONNX):
        with pytest.raises(ValidationError, match="is no stage"):
            ModelStage.of(wrong)


def test_a_stage_without_a_value_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        ModelStage()


def test_metrics_leave_out_what_was_not_measured_and_custom_ones_win() -> None:
    assert ModelMetrics(**SEVEN).to_dict() == SEVEN
    assert ModelMetrics().to_dict() == {}
    assert ModelMetrics(accuracy=0.0, custom={"gini": 0.6, "accuracy": 1.0}).to_dict() == {"accuracy": 1.0, "gini": 0.6}
    assert ModelMetrics.of({"accuracy": 0.9, "gini": 0.6}) == ModelMetrics(accuracy=0.9, custom={"gini": 0.6})


@pytest.mark.parametrize("given", [{"accuracy": "high"}, {"gini": float("nan")}, {"mse": float("inf")}, {"x": True}, [0.9], {3: 1.0}])
def test_metrics_are_finite_numbers(given: Any) -> None:
    with pytest.raises(ValidationError):
        ModelMetrics.of(given)


def test_a_metric_that_is_called_otherwise_is_said_to_be_with_those_there_are() -> None:
    wrong: Any = {"f1": 0.8, "accuracy": 0.9}
    with pytest.raises(ValidationError, match=rf"no metric is called f1 here: there are {', '.join(SEVEN)}; any other goes into custom="):
        ModelMetrics(**wrong)
    with pytest.raises(ValidationError, match="metrics are finite numbers by name: mae"):
        ModelMetrics(mae=float("nan"))
    with pytest.raises(ValidationError, match="mae"):
        ModelMetrics(mae="0.5")
    made = ModelVersion(version="1", model_name="clf", metrics=ModelMetrics(mae=1, custom={"gini": 0.5}))
    assert ModelVersion.model_validate_json(made.model_dump_json()) == made


def test_a_version_is_plain_json_and_cannot_be_changed() -> None:
    version = ModelVersion(
        version="1.0", model_name="clf", stage=ModelStage.STAGING, metrics=ModelMetrics(mae=1), created_at=NOON, updated_at=NOON
    )
    assert version.full_name == "clf:1.0"
    assert version.to_dict() == {
        "version": "1.0", "model_name": "clf", "stage": "staging", "framework": "custom", "artifact_path": None, "metrics": {"mae": 1.0},
        "parameters": {}, "tags": {}, "description": "", "created_at": "2026-06-30T12:00:00+00:00",
        "updated_at": "2026-06-30T12:00:00+00:00",
    }  # fmt: skip
    with pytest.raises(pydantic.ValidationError):
        version.stage = ModelStage.PRODUCTION  # type: ignore[misc]


def test_the_latest_version_is_the_newest_by_time_and_of_equal_ones_the_last() -> None:
    def made(number: str, hours: int, stage: ModelStage = ModelStage.ARCHIVED) -> ModelVersion:
        return ModelVersion(version=number, model_name="clf", created_at=NOON + timedelta(hours=hours), stage=stage)

    model = RegisteredModel(name="clf", versions=(made("9", 0), made("10", 2, ModelStage.PRODUCTION), made("2", 2), made("3", 1)))
    assert (model.latest_version, model.production_version) == (model.get_version("2"), model.get_version("10"))
    assert (RegisteredModel(name="x").latest_version, RegisteredModel(name="x").production_version, model.get_version("4")) == (None,) * 3
