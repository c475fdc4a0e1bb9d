"""Keeping: the cluster, the database and its migrations, the tables, the records."""
