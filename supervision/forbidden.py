"""What is no measure of work by the relief rules of 2024 (整治形式主义为基层减负若干规定): found in an item by its words. Pure."""

RULES = (
    (("领导批示", "批示次数", "批示数量", "获批示", "肯定性批示"), "不得把领导批示作为考核内容"),
    (("刊发", "刊登", "发稿", "信息采用", "媒体报道", "宣传报道", "公众号"), "不得把在报刊、媒体上刊发作为考核内容"),
    (("经验数量", "经验做法数量", "典型数量", "推广次数"), "不得把经验做法的数量作为考核内容"),
    (
        ("登录", "在线时长", "在线率", "打卡", "签到", "积分", "安装率", "点赞", "转发"),
        "不得统计登录、在线时长、打卡和积分",
    ),
    (("会议次数", "开会次数", "召开会议", "发文数量", "印发文件", "文件数量"), "不得以开了多少会、发了多少文评价工作"),
    (("留痕", "照片", "截图", "台账数量", "笔记", "工作记录"), "不得以照片、截图、笔记等留痕评价工作"),
)
# A standard that says what does not count names it too.
DENIALS = ("不以", "不得", "不计", "不看", "不把")


def named(text):
    """[(word, sentence)] of what a text would count."""
    clauses = [clause for clause in _clauses(text) if not any(each in clause for each in DENIALS)]
    found = (
        (next((word for word in words if word in clause), None), told) for clause in clauses for words, told in RULES
    )
    return list(dict.fromkeys((word, told) for word, told in found if word))


def _clauses(text):
    for mark in "；;。\n":
        text = text.replace(mark, "。")
    return text.split("。")
