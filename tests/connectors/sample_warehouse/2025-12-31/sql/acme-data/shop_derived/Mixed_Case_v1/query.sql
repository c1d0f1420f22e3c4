SELECT
  *
FROM
  `acme-data.shop_derived.side_table_v1`;
