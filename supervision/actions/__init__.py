"""Every write of the floor that changes a status, touches several rows or must leave a trace."""
