"""The demonstration year 2015: written month by month through the real actions, from fixtures/demo-2015.json."""
