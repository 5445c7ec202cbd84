"""Names of responsible units in a list: where one ends and the next begins, and what looks like one at all."""

import re
from dataclasses import dataclass

from tasks.reader.source import plain, split_outside

# What the names of offices, enterprises, places and bodies end in. Words of the language, not names of anyone.
_ENDINGS = (
    "局|委|办|部|厅|室|处|科|股|院|会|中心|公司|集团|银行|支行|分行|联社|站|所|队|学校|党校|大学|镇|乡|街道|街|区|县|市|旗|州|省|"
    "政府|单位|部门|企业|企事业|机构|协会|联合会|总工会|工会|工商联|妇联|残联|文联|科协|侨联|社科联|记协|团|台|报社|馆|园|组|"
    "片区|海关|税务|法院|检察院|办事处|党组|党工委|纪委|监委|人大|政协|武装部|武警|消防|供销社|总社|合作社|社|村|社区|居|网点|"
    "基地|医院|商会|园林|公积金|国资|气象|电信|移动|联通|广电|铁塔|邮政|烟草|供电|院校|高校|行业|项目部|指挥部|专班|业主|各地|署|关|"
    "党委|国企|企|系统|法人|主体|领导小组|军分区|机关|组织|团体|协作区|新区|库|平台|电力|水务|航道|港务|机场|车站|支队|大队|总队|中队"
)
_UNIT = re.compile(rf"(?:{_ENDINGS})$")
_NOT_IN_NAMES = re.compile(
    r"[。;:!?《》=%]|\d{3}|\d(?:处|所|站|院|社|村|镇|乡|县|区|馆|园|库|团|组|队|会|企|网点|平台|社区|中心)$|的|了|为|是|将|应(?!急)|要(?!素)|须|并|简称|详见|附件|^全部$"
)
_LONGEST_NAME = 34
_LONGEST_COLLECTIVE = 8

_COLLECTIVE = re.compile(r"^(?:各|有关|相关|县直|市直|区直|省直|州直|全县|全市|全区)")
_BARE = re.compile(
    r"^(?:有关|相关|直属)?(?:县级市|单位|部门|企业|县|市|区|乡|镇|街|村|乡镇|街道|镇街|社区|园区|开发区|功能区|功能区管委会|管委会|"
    r"科室|处室|科|室|处|股室|党委|党组|政府|人民政府|机构|事业单位|直属机构|直属单位|办事处|街道办事处|街道办|学校|旗|市区|县区|市县|国企|院校)$"
)
# A place to share out: 各县 in 各县、市人民政府; what follows it and belongs to it: 市人民政府.
_PLACE = "[省县区市乡镇州旗盟]|自治区|自治州|自治县|直辖市|街道|县级市|园区|开发区"
_PLACES = re.compile(rf"^各(?:有关|相关)?(?:{_PLACE}|、|[(\[][^()\[\]]{{1,8}}[)\]])+$")
_PLACES_BODY = re.compile(
    rf"^(?:{_PLACE}|[(\[][^()\[\]]{{1,8}}[)\]])+(?:(?:人民政府|政府|管委会|办事处|党委|党工委)(?:[(\[][^()\[\]]{{1,8}}[)\]])?)?$"
)
_BODY = re.compile(r"(?:政府|委员会|管委会|办事处)$")
_AND = re.compile(
    r"以及|及(?!其|时|格)|(?<=[局委办部厅室处科院会公司集团行站所队镇乡道区县市府位门业])[和与](?=[^平谐作])"
)
# 甲局等省市县驻地机构, 甲局等和各镇政府: two names, where what follows 等 says more than 有关部门.
_ETC_AND = re.compile(r"等(?:和|及|以及|与)?(?=[各国省市县区州驻中有相])")
_GROUPS = "单位|部门|科室|处室|企业|机构|公司|银行|院校|高校|团体|组织"
_ETC = re.compile(
    r"等(?:各|相关|有关|其他|直属|[省市县区州镇](?:直|级|属)?|成员|职能|责任|配合|运营|金融|[一二三四五六七八九十\d]{1,3}个?家?)*"
    rf"(?:(?:{_GROUPS})(?:[和及、](?=[单部科处企机公])(?:{_GROUPS}))?)?$"
)
_FIRST_LEADS = re.compile(
    r"(?:(?:排|列|位于|名列|名)[^。;\n]{0,6}(?:第一|首位|最前|在前|前面|第1)|第一个?(?:单位|部门)|首个(?:单位|部门)|首位)"
    r"[^。;\n]{0,12}(?:牵头|主办|主责|总负责|负总责)"
)
_ORDER_REMARK = re.compile(
    r"(?:其中)?[,;]?(?:名单)?(?:(?:排|列)(?:名)?(?:在)?(?:第一位?|首位|前面?|最前面?|第1位?)|第一个|首个)的?(?:单位|部门|处室|科室|者)?"
    r"(?:为|是|系|作为)?(?:(?:总?牵头|主办|主责|责任|负责|汇总)(?:或|和|、)?)*(?:单位|部门|处室|科室)?"
)
_WORK = re.compile(r"(?:按|依|根据|共同|分别|各自|具体|负责|牵头|配合|落实|组织|实施|参与|协助).*$")
_REMARKS = (
    re.compile(r"\([^()]*(?:第一|首位|最前|在前|第1|下同|排名|排序|先后)[^()]*\)"),
    _ORDER_REMARK,
    re.compile(
        r"(?:^|(?<=[。;,(、]))以[下上](?:各项任务|各项工作|各项|任务|工作|内容)?(?:均|都|同样)?(?:需|由|须|应|要)[^。;]*"
        r"|[(,;、]?(?:以)?下同\)?|不再(?:一一)?(?:列出|标注|注明)|排名不分先后|按职能分工"
    ),
)
SEPARATORS = "、,;。 \n/"


@dataclass(frozen=True)
class Item:
    name: str
    before: str


def looks_like_unit(name: str) -> bool:
    bare = plain(name).replace(" ", "")
    while bare.endswith(")") and "(" in bare[1:]:
        bare = bare[: bare.rindex("(")]
    return 2 <= len(bare) <= _LONGEST_NAME and not _NOT_IN_NAMES.search(bare) and bool(_UNIT.search(bare))


def is_bare(name: str) -> bool:
    return bool(_BARE.match(name))


def clean(name: str) -> str:
    name = name.strip(" \n\t\u3000、,，;；。.:：")
    if name.count("）") + name.count(")") > name.count("（") + name.count("("):
        name = name.rstrip("）) ")
    name = re.sub(r"^(?:并?由|其中|以及|及|会同)(?=[\u4e00-\u9fff]{2})", "", name)
    return _ETC.sub("", name).strip(" \u3000、，,")


def first_leads(text: str) -> bool:
    return bool(_FIRST_LEADS.search(plain(text)))


def without_remarks(text: str) -> str:
    """The list without remarks about the order of names, 下同 and who else takes part from here on; same length."""
    bare = plain(text)
    for pattern in _REMARKS:
        bare = pattern.sub(lambda found: " " * len(found.group()), bare)
    return "".join(written if kept != " " else " " for written, kept in zip(text, bare, strict=True))


def split_names(text: str) -> list[Item]:
    """The items of a list: split at 、，；and blanks outside brackets, and at 及; fixed phrases such as 各区、县级市 kept whole."""
    items: list[Item] = []
    before = ""
    for part, place, mark in split_outside(plain(text), SEPARATORS):
        for at, piece in enumerate(_pieces(text[place : place + len(part)])):
            if piece.strip() and before == " " and not at and items and piece.strip()[0] in "（(":
                items[-1] = Item(f"{items[-1].name} {piece.strip()}", items[-1].before)
            elif piece.strip():
                items.append(Item(piece.strip(), "及" if at else before))
        before = mark if part.strip() or mark.strip() else before
    return items


def _pieces(part: str) -> list[str]:
    cut = [found for found in _AND.finditer(part) if _outside(part, found.start())]
    if not cut and not _ETC.search(part):
        cut = [found for found in _ETC_AND.finditer(part) if _outside(part, found.start())]
    pieces, begun = [], 0
    for found in cut:
        left, right = part[begun : found.start()], part[found.end() :]
        if looks_like_unit(clean(left)) and right and not is_bare(clean(_WORK.sub("", right))):
            pieces.append(left)
            begun = found.end()
    return [*pieces, part[begun:]]


def _outside(part: str, place: int) -> bool:
    before = plain(part[:place])
    return before.count("(") <= before.count(")")


def joined(names: list[Item]) -> list[str]:
    """The names, with fixed phrases put together again: 各处、单位 (a bare word after a collective), 市、县政府."""
    whole: list[str] = []
    for item in names:
        name = clean(item.name)
        if whole and name and item.before == "、" and _belongs(whole[-1], name):
            whole[-1] = f"{whole[-1]}、{name}"
        elif name:
            whole.append(name)
    return whole


def _belongs(before: str, name: str) -> bool:
    if len(before) == 1 or (_PLACES.match(plain(before)) and _PLACES_BODY.match(plain(name))):
        return True
    phrase = not _BODY.search(before) and is_bare(name) and _COLLECTIVE.match(before)
    return bool(phrase) and len(before) <= _LONGEST_COLLECTIVE
