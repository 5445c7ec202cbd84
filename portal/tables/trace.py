from kit.tables import Column

COLUMNS = (
    Column("at", "时间", lambda event: event.at, kind="moment", width=17, wrap=False),
    Column("actor", "经办人", lambda event: event.actor_name, width=20),
    Column("verb", "事项", lambda event: event.verb, width=14, main=True, css="w-4"),
    Column("kind", "对象", lambda event: event.word(), width=8, wrap=False),
    Column("subject", "名称", lambda event: event.subject_name, width=34),
    Column("note", "说明", lambda event: event.note, width=34),
    Column("changes", "变动", lambda event: event.changes_words, width=44),
)
