CREATE MATERIALIZED VIEW
  `acme-data.shop.summary`
AS
SELECT
  region,
  COUNT(*) AS orders
FROM
  `acme-data.shop_derived.regions_v1`
GROUP BY
  region
