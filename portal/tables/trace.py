"""The columns of the trace."""

from kit.tables import Column

COLUMNS = (
    Column("at", "时间", lambda line: line.at, kind="moment", width=17, wrap=False),
    Column("actor", "经办人", lambda line: line.actor_name, width=20),
    Column("verb", "事项", lambda line: line.verb, width=14, main=True, css="w-4"),
    Column("kind", "对象", lambda line: line.kind_word, width=8, wrap=False),
    Column("subject", "名称", lambda line: line.subject, width=34),
    Column("note", "说明", lambda line: line.note, width=34),
    Column("changes", "变动", lambda line: line.changes_words, width=44),
)
