"""Ways to give marks for how much was done: by the share, by points ahead or behind, by bands. Pure.

Numbers of ``params`` are text, as an office typed them.
"""

from collections.abc import Mapping
from fractions import Fraction

from supervision.measured import as_number, said


class Way:
    """One way to give marks. ``NAMES`` are its params: name -> (label, whether it must be there)."""

    NAMES: Mapping = {}

    def __init__(self, full, params):
        self.full, self.params = Fraction(full), params

    def number(self, name, otherwise=None):
        given = self.params.get(name)
        return Fraction(str(given)) if given not in (None, "") else otherwise

    def exact(self, measured):
        """(exact mark or None, formula up to the equals sign)."""
        raise NotImplementedError

    def words(self):
        return ""

    def faults(self):
        """{param: sentence}."""
        found = {}
        for name, (label, needed) in self.NAMES.items():
            given = self.params.get(name)
            if given in (None, ""):
                if needed:
                    found[name] = f"请填写{label}。"
            elif (number := as_number(given)) is None:
                found[name] = f"{label}应是数字，现为“{str(given)[:20]}”。"
            elif number < 0:
                found[name] = f"{label}不能小于0。"
        return found or self.odd()

    def odd(self):
        return {}


class Share(Way):
    """满分 × 完成 ÷ 应完成, capped."""

    NAMES = {"target": ("目标数", False), "cap": ("封顶比例", False), "least": ("起评比例", False)}

    def exact(self, measured):
        base = self.number("target", next((each for each in (measured.due, measured.whole) if each is not None), 100))
        if not base:
            return None, "应完成为0，没有可比的数，不适用"
        share = 100 * Fraction(measured.value) / Fraction(base)
        cap, least = self.number("cap", 100), self.number("least", 0)
        told = f"{said(self.full)} × {said(measured.value)} ÷ {said(base)}"
        if least and share < least:
            return 0, f"{said(measured.value)} ÷ {said(base)} = {said(share)}%，不足{said(least)}%"
        if share > cap:
            return self.full * cap / 100, f"{told}，按{said(cap)}%封顶"
        return self.full * max(share, 0) / 100, told

    def words(self):
        target, cap, least = self.number("target"), self.number("cap", 100), self.number("least", 0)
        base = f"目标{said(target)}" if target is not None else "应完成数"
        told = f"满分 × 完成数 ÷ {base}，{said(cap)}%封顶"
        return told + (f"，不足{said(least)}%不得分" if least else "")

    def odd(self):
        found = {}
        if self.number("target") == 0:
            found["target"] = "目标数不能是0，除以0没有得数。"
        if self.number("cap", 100) == 0:
            found["cap"] = "封顶比例不能是0。"
        elif self.number("cap", 100) > 100:
            found["cap"] = "封顶比例不能超过100%，否则得分高于满分；超额的另设加分项目。"
        return found


class Points(Way):
    """Base mark, and so much for each point ahead or behind, limited both ways."""

    NAMES = {
        "per": ("每个百分点的分值", True),
        "base": ("达到应完成的得分", False),
        "up": ("最多加分", False),
        "down": ("最多扣分", False),
        "target": ("目标数", False),
    }

    def exact(self, measured):
        target = self.number("target", measured.due_share)
        if measured.share is None or target is None:
            return None, "没有应完成的数可比，不适用"
        base, per = self.number("base", self.full), self.number("per")
        gap = measured.share - target
        moved = gap * per
        up, down = self.number("up", 0), self.number("down", base)
        sign = "−" if gap < 0 else "+"
        told = f"{said(base)} {sign} {self._gap(measured, target, gap)} × {said(per)}"
        if moved > up:
            moved, told = up, f"{told}，加分以{said(up)}分为限"
        elif moved < -down:
            moved, told = -down, f"{told}，扣分以{said(down)}分为限"
        return base + moved, told

    def _gap(self, measured, target, gap):
        """With the numbers as they are on record, so that anybody comes to the same."""
        if measured.whole is None:
            return f"|{said(measured.value)} − {said(target)}|"
        if self.number("target") is None:
            high, low = (measured.value, measured.due) if gap >= 0 else (measured.due, measured.value)
            return f"({said(high)} − {said(low)}) ÷ {said(measured.whole)} × 100"
        return f"|{said(measured.value)} ÷ {said(measured.whole)} × 100 − {said(target)}|"

    def words(self):
        base = self.number("base", self.full)
        up, down, target = self.number("up", 0), self.number("down", base), self.number("target")
        what = "应完成" if target is None else f"目标{said(target)}"
        return (
            f"达到{what}得{said(base)}分，每高（低）1个百分点加（减）{said(self.number('per', 0))}分，"
            f"最多加{said(up)}分、减{said(down)}分"
        )

    def odd(self):
        base, found = self.number("base", self.full), {}
        if base + self.number("up", 0) > self.full:
            found["up"] = (
                f"达到应完成得{said(base)}分，再加{said(self.number('up', 0))}分，超过满分{said(self.full)}分。"
            )
        if self.number("down", base) > base:
            found["down"] = f"最多扣分不能超过{said(base)}分。"
        return found


class Bands(Way):
    """The mark of the first band that is reached, from the best down."""

    BY = {"value": "完成数", "share": "完成占应完成的%", "gap": "与应完成相差的百分点"}
    NAMES = {"else": ("各档之外的得分", False)}

    @property
    def bands(self):
        return [(Fraction(str(least)), Fraction(str(mark))) for least, mark in self.params.get("bands", ())]

    def exact(self, measured):
        number, told = self._number(measured)
        if number is None:
            return None, "没有应完成的数可比，不适用"
        for least, mark in self.bands:
            if number >= least:
                return mark, f"{told}，在“{said(least)}以上”一档"
        return self.number("else", 0), f"{told}，在各档以下"

    def _number(self, measured):
        by = self.params.get("by", "value")
        if by == "share":
            if not measured.due:
                return None, ""
            share = 100 * Fraction(measured.value) / Fraction(measured.due)
            return share, f"{said(measured.value)} ÷ {said(measured.due)} = {said(share)}%"
        if by == "gap":
            if measured.share is None or measured.due is None:
                return None, ""
            gap = measured.share - measured.due_share
            return gap, f"{said(measured.share)} − {said(measured.due_share)} = {said(gap)}"
        if measured.whole is None or measured.share is None:
            return measured.share, said(measured.value)
        return measured.share, f"{said(measured.value)} ÷ {said(measured.whole)} = {said(measured.share)}%"

    def words(self):
        told = "、".join(f"{said(least)}以上{said(mark)}分" for least, mark in self.bands)
        return f"按{self.BY[self.params.get('by', 'value')]}分档：{told}，其余{said(self.number('else', 0))}分"

    def odd(self):
        bands = self.params.get("bands") or ()
        if not bands:
            return {"bands": "请至少写一档，每行“多少以上 得几分”，例如“90 10”。"}
        if any(len(each) != 2 or None in map(as_number, each) for each in bands):
            return {"bands": "每档写两个数：多少以上、得几分。"}
        if self.params.get("by", "value") not in self.BY:
            return {"by": "没有这种分档的依据。"}
        limits = [least for least, _ in self.bands]
        if limits != sorted(limits, reverse=True) or len(set(limits)) < len(limits):
            return {"bands": "各档从高到低写，不能有两档的起点相同。"}
        marks = [*(mark for _, mark in self.bands), self.number("else", 0)]
        if max(marks) > self.full or min(marks) < 0:
            return {"bands": f"各档得分须在0与满分{said(self.full)}分之间。"}
        return {}
