SELECT
  *
FROM
  {{ metrics.calculate(metrics=["ratio"], platform="shop") }}
