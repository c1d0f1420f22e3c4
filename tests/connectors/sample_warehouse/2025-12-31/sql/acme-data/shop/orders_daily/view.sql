CREATE OR REPLACE VIEW
  `acme-data.shop.orders_daily`
AS
SELECT
  *
FROM
  `acme-data.shop_derived.orders_daily_v1`
