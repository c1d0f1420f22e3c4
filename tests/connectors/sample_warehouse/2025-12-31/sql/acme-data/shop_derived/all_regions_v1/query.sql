-- every region there is: FROM nowhere; not a statement
SELECT
  _TABLE_SUFFIX AS region,
  EXTRACT(YEAR FROM order_date) AS year
FROM
  `acme-data.shop_derived.region*`
WHERE
  label IS DISTINCT FROM 'FROM acme.other.place'
