"""Ways to give marks for what happened: events that cost marks or add some, a place, a yes or no, what people give. Pure."""

from fractions import Fraction

from supervision.measured import as_number, said
from supervision.ways import Way


class Events(Way):
    """Full marks less so much for each event, some of them twice, down to a limit."""

    NAMES = {"cap": ("最多扣分", False)}

    def each(self):
        return {word: Fraction(str(marks)) for word, marks in (self.params.get("each") or {}).items()}

    def exact(self, measured):
        double = set(self.params.get("double") or ())
        lost, told = Fraction(0), [said(self.full)]
        for word, marks in self.each().items():
            if n := measured.counts.get(word, 0):
                times = 2 if word in double else 1
                lost += n * marks * times
                told.append(f"{word}{n}次 × {said(marks)}" + (" × 2（加倍）" if times == 2 else ""))
        cap = min(self.number("cap", self.full), self.full)
        formula = " − ".join(told) if lost else f"{said(self.full)}，没有扣分的情形"
        if lost > cap:
            return self.full - cap, f"{formula}，扣分以{said(cap)}分为限"
        return self.full - lost, formula

    def words(self):
        double = set(self.params.get("double") or ())
        told = "、".join(
            f"{word}每次扣{said(marks)}分{'（加倍）' if word in double else ''}" for word, marks in self.each().items()
        )
        return f"满分起扣：{told}，最多扣{said(min(self.number('cap', self.full), self.full))}分"

    def odd(self):
        given = self.params.get("each") or {}
        if not given:
            return {"each": "请至少写一种扣分的情形，每行“情形 每次扣几分”，例如“迟报 0.5”。"}
        if any((as_number(marks) or 0) <= 0 for marks in given.values()):
            return {"each": "每次扣几分应是大于0的数。"}
        if unknown := set(self.params.get("double") or ()) - set(given):
            return {"double": f"加倍的“{'、'.join(sorted(unknown))}”不在扣分的情形里。"}
        return {}


class Rank(Way):
    """The first has full marks, every further place so much less."""

    NAMES = {"step": ("每低一名少几分", False), "floor": ("最低得分", False)}

    def exact(self, measured):
        if measured.place is None:
            return None, "没有可排的数，不适用"
        place, of, floor = measured.place, max(measured.of, 1), self.number("floor", 0)
        step = self.number("step", self.full / of)
        mark = self.full - (place - 1) * step
        told = f"组内{of}家第{place}名：{said(self.full)} − {place - 1} × {said(step)}"
        return (floor, f"{told}，最低{said(floor)}分") if mark < floor else (mark, told)

    def words(self):
        step = self.number("step")
        told = "满分 ÷ 家数" if step is None else f"{said(step)}分"
        return f"组内第1名得满分，每低一名少{told}，最低{said(self.number('floor', 0))}分，并列同分"

    def odd(self):
        if self.number("floor", 0) > self.full:
            return {"floor": f"最低得分不能超过满分{said(self.full)}分。"}
        return {}


class YesNo(Way):
    """Full marks, or what is given without."""

    NAMES = {"least": ("至少几件", False), "no": ("没有时的得分", False)}

    def exact(self, measured):
        least = self.number("least", 1)
        if measured.value >= least:
            return self.full, f"有（{said(measured.value)}件，须{said(least)}件）"
        return self.number("no", 0), f"没有达到（{said(measured.value)}件，须{said(least)}件）"

    def words(self):
        return f"有{said(self.number('least', 1))}件以上得满分，没有得{said(self.number('no', 0))}分，须有佐证"

    def odd(self):
        if self.number("no", 0) > self.full:
            return {"no": f"没有时的得分不能超过满分{said(self.full)}分。"}
        return {}


class Panel(Way):
    """Marks of several seats by their weights; nothing until all have given theirs."""

    @property
    def seats(self):
        return [(seat, Fraction(str(weight))) for seat, weight in (self.params.get("seats") or {}).items()]

    def exact(self, measured):
        if waiting := [seat for seat, _ in self.seats if seat not in measured.counts]:
            return None, f"等{'、'.join(waiting)}评分"
        total = sum(weight for _, weight in self.seats)
        told = " + ".join(f"{seat}{said(measured.counts[seat])} × {said(weight)}" for seat, weight in self.seats)
        marks = sum(Fraction(measured.counts[seat]) * weight for seat, weight in self.seats) / total
        return marks, f"({told}) ÷ {said(total)}"

    def words(self):
        return f"评委各按满分{said(self.full)}分打分，加权平均：" + "、".join(
            f"{seat}权重{said(weight)}" for seat, weight in self.seats
        )

    def odd(self):
        seats = self.params.get("seats") or {}
        if not seats:
            return {"seats": "请写明评委和权重，每行“评委 权重”，例如“服务对象代表 70”。"}
        if any((as_number(weight) or 0) <= 0 for weight in seats.values()):
            return {"seats": "权重应是大于0的数。"}
        return {}


class Extra(Way):
    """Marks beyond the total: so much for each event, up to the full mark."""

    NAMES = {"per": ("每件加几分", False)}

    def exact(self, measured):
        per = self.number("per", 1)
        marks = max(Fraction(measured.value), 0) * per
        told = f"{said(measured.value)} × {said(per)}"
        return (self.full, f"{told}，以{said(self.full)}分为限") if marks > self.full else (marks, told)

    def words(self):
        return f"总分以外另加，每件{said(self.number('per', 1))}分，最多{said(self.full)}分，须有佐证"


class Hand(Way):
    """As the scoring unit gives."""

    def exact(self, measured):
        return Fraction(measured.value), f"评定{said(measured.value)}分"

    def words(self):
        return "由评分单位按标准评定，并写明理由"
