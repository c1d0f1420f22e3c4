SELECT
  *
FROM
  WHERE;

SELECT
  *
FROM
  `acme-data.shop.orders_daily`;
