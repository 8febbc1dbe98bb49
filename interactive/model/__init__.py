"""What is known about the low back in the leg press, as cited numbers and plain formulas."""
