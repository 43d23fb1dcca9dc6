"""What is measured when somebody asks for the metrics. What happens is counted in the rooms where it happens."""
