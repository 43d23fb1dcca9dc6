"""The pictures of the editors' handbook, made from the admin as it is. `python -m benchmarks.handbook` runs this."""
