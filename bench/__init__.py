"""Measuring, no part of the application: data in bulk, single pages, a crowd, a month's end. docs/performance.md says how."""
