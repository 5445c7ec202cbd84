"""What an action says when it does not do what was asked, or need not: a sentence for the person who asked."""


class Refusal(Exception):
    """The state of things does not allow it. The message is shown as it stands; nothing was written."""


class Unknown(Refusal):
    """An address asks a list for something that does not exist: nothing is shown and nothing handed out, never all of it."""


class Already(Exception):
    """What was asked for has just happened, by a second press or by somebody else: no refusal. The message says when and by whom."""


class Conflict(Refusal):
    """Somebody else was faster: what the person saw is no longer so. ``current`` is the thing as it is now."""

    def __init__(self, message, current=None):
        super().__init__(message)
        self.current = current
