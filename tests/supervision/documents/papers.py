"""The content of a paper as the builder takes it."""


def block(kind, text, content=None, **figures):
    return {
        "kind": kind,
        "text": text,
        "figures": {key: {"value": value} for key, value in figures.items()},
        "content": content or {},
    }


def table(rows=1, wide=False):
    heads = [["序号", "单位", "投资", "投资"], ["", "", "年计划", "已完成"]]
    drawn = [[str(number), "县发改局", {"v": "100", "k": "a"}, "50"] for number in range(1, rows + 1)]
    return {"heads": heads, "rows": drawn, "sum": ["", "合计", "100", "50"], "wide": wide}


def content(*blocks, **told):
    """A printed bulletin of one paragraph, or what is told."""
    return {
        "kind": "BULLETIN",
        "title": "关于2015年9月改革创新工作任务推进情况的通报",
        "code": "改革通报〔2015〕第8期",
        "masthead": "改革创新年活动通报",
        "numbering": "ISSUE",
        "issuer": "县委改革办",
        "co_issuers": [],
        "main_to": "各乡镇，县直机关各单位",
        "copy_to": "县委常委",
        "direction": "DOWN",
        "signer": "",
        "printed_on": "2015-09-30",
        "as_of": "",
        "replaces": "",
        "blocks": list(blocks) or [block("TEXT", "通报如下。")],
    } | told
