"""Who has which part in a task after units were merged into another."""

LEAD = "LEAD"


def replaced(parts, units, successor):
    """Return (lead, supports) of ``parts`` (each with unit and role) with ``units`` replaced by ``successor``.

    The lead wins over support, the order stays. ``successor`` need not be on record yet.
    """
    found = {}
    for part in parts:
        unit = successor if part.unit in units else part.unit
        _, role = found.get(unit.pk, (unit, ""))
        found[unit.pk] = (unit, LEAD if LEAD in (role, part.role) else part.role)
    lead = next((unit for unit, role in found.values() if role == LEAD), None)
    return lead, [unit for unit, role in found.values() if role != LEAD]
