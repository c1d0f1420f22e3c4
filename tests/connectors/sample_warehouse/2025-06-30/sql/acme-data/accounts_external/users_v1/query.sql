SELECT
  *
FROM
  EXTERNAL_QUERY("acme-accounts.us.users-db", "SELECT id FROM accounts.users")
