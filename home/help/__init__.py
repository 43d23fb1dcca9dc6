"""What the admin says of how to use it: the handbook's page for each screen, and the first tasks."""
