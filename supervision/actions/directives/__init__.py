"""What happens to a directive: drafted and issued, signed and answered, asked for, checked, and how it ends."""
