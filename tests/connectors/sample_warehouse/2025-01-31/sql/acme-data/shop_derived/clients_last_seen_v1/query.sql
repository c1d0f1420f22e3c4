{% if is_init() %}
SELECT
  customer_id,
  MIN(order_date) AS first_seen
FROM
  `acme-data.shop_stable.orders_v1`
GROUP BY
  customer_id
{% else %}
WITH _current AS (
  SELECT customer_id, order_date, basket FROM `acme-data.shop_derived.orders_daily_v1`
),
_previous AS (
  SELECT * FROM clients_last_seen_v1
)
SELECT
  customer_id,
  ARRAY(SELECT AS STRUCT item.* FROM _Current.basket.items AS item) AS items
FROM
  _CURRENT AS _current
FULL JOIN
  _previous USING (customer_id)
{% endif %}
