"""Fields, template filters and pagination that several apps share."""
