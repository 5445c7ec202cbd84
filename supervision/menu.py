"""Places of the menu."""

from kit.menu import Place
from units.models import User

PLACES = (
    Place(83, "交办事项", "directive_list", "flag", User.BUSINESS),
    Place(85, "调度会", "dispatch_list", "megaphone", User.BUSINESS),
    Place(87, "会议督查约谈", "occasion_list", "eye", User.BUSINESS),
    Place(88, "通报文书", "paper_list", "stamp", User.BUSINESS),
    Place(89, "考评排名", "round_list", "rank", User.BUSINESS),
    Place(90, "走访", "visit_list", "person", User.OVERLOOKERS),
    Place(95, "业主反映", "word_list", "comment", User.OVERLOOKERS),
    Place(96, "改革经验", "experience_list", "copy", User.BUSINESS),
    Place(97, "办公室日历", "rhythm", "calendar", User.OVERLOOKERS),
    Place(98, "总结展示", "summary_list", "book", User.BUSINESS),
)
