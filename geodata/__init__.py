"""HOW data is kept and computed: PostGIS, files in and out, risk, tiles. Knows nothing of the web."""
