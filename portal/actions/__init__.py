"""What spans tasks and reports: packages of a year, units merged, loads taken back."""
