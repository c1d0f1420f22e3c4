CREATE TEMP FUNCTION label(x STRING) AS (CONCAT("FROM ", x));

WITH shop AS (
  SELECT * FROM shop.orders_daily
),
c AS (
  SELECT * FROM shop, UNNEST([1, 2]) AS number
)
SELECT
  label(outer_c.name)
FROM
  C AS outer_c,
  outer_c.events AS event
JOIN
  `mirror.shop.prices$20250101` AS prices
ON
  prices.id IN (SELECT id FROM prices.ids)
WHERE
  event.id IN (SELECT id FROM `acme-data`.shop.`blocked`)
