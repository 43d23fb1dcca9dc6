"""Fields, template filters, pagination and spreadsheet files that several apps share."""
