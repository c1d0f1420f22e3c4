"""The only room that imports the driver: two verbs, batches, migrations, doctor."""
