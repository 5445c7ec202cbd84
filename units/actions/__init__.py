"""What happens to units and accounts; one module a noun."""
