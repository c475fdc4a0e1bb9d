"""What the API and the page ask of the records: pages of features, what lies at a place, search, counts."""
