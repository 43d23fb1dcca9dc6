"""The editors' handbook (`docs/editors/`) inside the admin, with a search and a page for each screen."""
