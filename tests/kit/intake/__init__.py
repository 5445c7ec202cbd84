"""Of kit.intake."""
