CREATE VIEW `acme-data.shop.retired` AS SELECT * FROM `acme-data.shop_derived.orders_daily_v1`
