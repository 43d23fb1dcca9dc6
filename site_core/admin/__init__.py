"""The home page, menus, branding and refusals of the admin."""
