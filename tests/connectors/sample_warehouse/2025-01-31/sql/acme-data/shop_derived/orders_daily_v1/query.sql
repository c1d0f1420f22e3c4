SELECT
  order_date,
  customer_id,
  SUM(amount) AS amount
FROM
  shop_stable.orders_v1
WHERE
  order_date = @run_date
GROUP BY
  order_date,
  customer_id
