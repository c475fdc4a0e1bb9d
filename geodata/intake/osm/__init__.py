"""OpenStreetMap extracts come in: townships, villages, roads, water, and candidates that somebody must confirm."""
