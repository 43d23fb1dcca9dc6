"""What the page cache is compared with in the benchmark of delivery."""
