"""The pictures of the editors' handbook, made from the desk as it is. `python -m benchmarks.handbook` runs this."""
