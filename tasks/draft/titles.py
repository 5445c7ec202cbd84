"""A task in few words, proposed from its text: what lists and charts show; a person may better it."""

import re

FEWEST, MOST = 8, 20
_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]\s*)+")
_STOP = re.compile(r"[。；;！!？?：:\s]")
_COMMA = re.compile(r"[，,]")
# A clause that begins so says how or why, not what.
_FRAME = re.compile(
    r"^(?:按照|按|根据|围绕|依据|依托|针对|结合|为了|为|以|坚持|紧扣|紧紧围绕|通过|在.{2,20}(?:基础上|框架下|前提下|过程中)|对|\d{4}年)"
)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,20})[”\"]")
_USUAL = re.compile(
    r"^(?:关于)?(?:印发|制定)?(?:(?:[\u4e00-\u9fff]{1,8}[县市区州旗局])?20\d{2}年(?:度)?)?|(?:主要)?(?:任务)?(?:工作)?(?:分解|分工)?(?:实施)?(?:方案|意见|细则|表)$"
)
_CUT = re.compile(r"(?<=[、的和与及])|(?=[、的和与及（(“])")


def short_title(text: str) -> str:
    """8 to 20 characters of ``text``: its first sentence if short, else the first clauses that say what is to be done."""
    sentences = [part.strip() for part in _STOP.split(_NUMBER.sub("", text)) if part.strip()]
    if not sentences:
        return ""
    first = sentences[0]
    if len(first) < FEWEST and len(sentences) > 1 and not _FRAME.match(sentences[1]):
        first = f"{first}：{sentences[1]}"
    if len(first) <= MOST:
        return first
    clauses = [clause.strip() for clause in _COMMA.split(first) if clause.strip()]
    saying = [clause for clause in clauses if not _FRAME.match(clause)] or clauses
    return _whole(saying)


def _whole(clauses: list[str]) -> str:
    title = clauses[0]
    for clause in clauses[1:]:
        if len(title) >= FEWEST or len(title) + 1 + len(clause) > MOST:
            break
        title = f"{title}，{clause}"
    return title if len(title) <= MOST else _cut(title)


def _cut(clause: str) -> str:
    places = [found.start() for found in _CUT.finditer(clause) if FEWEST <= found.start() <= MOST]
    return clause[: places[-1] if places else MOST].rstrip("、的和与及，（(“")


def plan_title(title: str) -> str:
    """A plan in few words: what stands in quotation marks, else the title without what every plan's title says."""
    if quoted := _QUOTED.search(title):
        return quoted[1]
    bare = _USUAL.sub("", title).rstrip("的") or title
    return bare if len(bare) <= MOST else _balanced(_cut(bare))


def _balanced(text: str) -> str:
    return text if text.count("《") == text.count("》") else text.rpartition("《")[0] or text.replace("《", "")
