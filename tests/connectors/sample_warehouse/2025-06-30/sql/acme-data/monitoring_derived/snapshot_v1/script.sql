DROP SNAPSHOT TABLE
  `acme-data.monitoring_derived.snapshot_v1`;

CREATE SNAPSHOT TABLE
  `acme-data.monitoring_derived.snapshot_v1`
CLONE
  `acme-data.shop_derived.orders_daily_v1`
  FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR);
