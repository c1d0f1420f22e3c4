CREATE TABLE IF NOT EXISTS
  `acme-data.shop_derived.two_targets_v1`(id INT64);

INSERT INTO
  `acme-data.shop_derived.side_table_v1`
SELECT
  id
FROM
  `acme-data.shop_derived.two_targets_v1`;

DELETE FROM
  shop_derived.old_table_v1
WHERE
  id IN (SELECT id FROM `acme-data.shop.orders_daily`);
