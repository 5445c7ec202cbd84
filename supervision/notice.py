"""The notice that rules, schemes and the calendar shipped with the system were drawn from: clauses are cited to its own plans alone."""

NUMBER = "株县办〔2015〕4号"


def is_of_notice(plan) -> bool:
    return plan.document_number == NUMBER
