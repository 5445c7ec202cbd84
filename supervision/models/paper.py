"""Papers (文书): what the offices write, from draft to printed; its figures come from records and what was printed never changes."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from kit import clock, names, trace
from kit.links import optional, owned_by
from kit.moves import Moving
from kit.records import FileQuerySet, FrozenQuerySet, FrozenRecord, SentFile
from kit.statements import Exists, RowSet, at_once
from supervision.models.co_issuer import CoIssuer
from supervision.models.directive import Directive
from supervision.models.occasion import Occasion
from supervision.models.round import Round
from tasks.models import Plan
from units.models import Unit, User


class PaperKind(models.TextChoices):
    BULLETIN = "BULLETIN", "通报"
    RANKING = "RANKING", "排名通报"
    MEDIA = "MEDIA", "媒体版"
    REPORT = "REPORT", "专报"
    COMMITMENT = "COMMITMENT", "责任书"
    INTERVIEW = "INTERVIEW", "约谈通知"
    SLIP = "SLIP", "督办单"
    SUMMARY = "SUMMARY", "总结"
    CORRECTION = "CORRECTION", "更正"


class LetterheadQuerySet(RowSet):
    def of(self, unit):
        return self.filter(unit=unit)


class Letterhead(models.Model):
    """How a unit heads and numbers its papers of one kind: by issue (第9期) or by number (株县督〔2015〕9号)."""

    class Numbering(models.TextChoices):
        ISSUE = "ISSUE", "期号"
        LETTER = "LETTER", "文号"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="letterheads", verbose_name="制发单位")
    kind = models.CharField("文书种类", max_length=10, choices=PaperKind.choices)
    masthead = models.CharField(
        "发文机关标志", max_length=60, help_text="红头上的字，例如：督查通报；留空头套印时打印用"
    )
    series = models.CharField(
        "刊名或机关代字", max_length=12, help_text="期号写刊名，例如：督查通报；文号写代字，例如：株县督"
    )
    numbering = models.CharField("编号方式", max_length=6, choices=Numbering.choices, default=Numbering.ISSUE)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书抬头"
        ordering = ["unit", "kind"]
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], name="one_letterhead_per_unit_and_kind")]

    def __str__(self):
        return f"{self.unit}{self.get_kind_display()}"


class PaperQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        if not user.is_authenticated or user.role not in User.UNIT_READERS:
            return self.none()
        out = Q(status__in=Paper.OUT)
        if user.does_business and user.sees_everything:
            return self.filter(out) if not user.unit_id else self.filter(out | self._of(user))
        printed = out & Q(addressee=None)
        if not user.does_business or not user.unit_id:
            return self.filter(printed)
        own = user.units
        return self.filter(printed | out & Q(addressee__in=own) | self._of(user))

    def _of(self, user):
        own = user.units
        joins = RowSet(Paper.co_issuers.through).filter(unit__in=own).values("paper")
        return Q(unit__in=own) | Q(issuer__in=own) | Q(pk__in=joins)

    def of(self, plans):
        return self.filter(pk__in=RowSet(Paper.plans.through).filter(plan__in=plans).values("paper"))

    def printed(self):
        """Return what counts as issued: not what was withdrawn."""
        return self.filter(status=Paper.Status.PRINTED)

    def search(self, word):
        number = word.strip().removesuffix("号").removesuffix("期").removeprefix("第")
        found = names.holds(word, "title")
        return self.filter(found | Q(number=int(number)) if number.isdecimal() and len(number) < 9 else found)

    @at_once
    def in_hand(self, user):
        """What waits for this person: for a head to be signed (the issuer's once the co-issuers have), for an office to be written and sent."""
        own = user.units
        if user.role == User.Role.HEAD:
            waiting = CoIssuer.objects.waiting()
            turn = Q(issuer__in=own) & ~Q(pk__in=waiting.values("paper"))
            joint = Q(pk__in=waiting.filter(unit__in=own).values("paper"))
            return self.filter(turn | joint, status=Paper.Status.SIGNING)
        joins = RowSet(Paper.co_issuers.through).filter(unit__in=own).values("paper")
        return self.filter(Q(unit__in=own) | Q(pk__in=joins), status=Paper.Status.DRAFT)

    def with_parts(self):
        mending = Paper.objects.printed().filter(replaces=models.OuterRef("pk"))
        parts = ("issuer", "unit", "addressee", "replaces", "drafted_by", "signed_by")
        return self.annotate(is_corrected=Exists(mending)).select_related(*parts)


class Paper(Moving):
    """One paper: who writes it (``unit``), under whose head it goes out (``issuer``), about which months of which plans.

    ``as_of`` is the moment its figures are drawn as of. ``addressee`` is the one unit a paper is for; what goes to many names them in
    ``main_to`` as printed. A mistake is mended by a paper that ``replaces`` this one; nothing printed changes.
    """

    TITLE, TO = 120, 300

    class Direction(models.TextChoices):
        DOWN = "DOWN", "下行"
        LEVEL = "LEVEL", "平行"
        UP = "UP", "上行"

    class Urgency(models.TextChoices):
        URGENT = "URGENT", "特急"
        QUICK = "QUICK", "加急"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "草稿"
        SIGNING = "SIGNING", "待签发"
        PRINTED = "PRINTED", "已印发"
        WITHDRAWN = "WITHDRAWN", "已撤回"

    MOVES = {
        Status.DRAFT: {Status.SIGNING},
        Status.SIGNING: {Status.DRAFT, Status.PRINTED},
        Status.PRINTED: {Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }
    OUT = (Status.PRINTED, Status.WITHDRAWN)
    TONES = {
        Status.DRAFT: "plain",
        Status.SIGNING: "warn",
        Status.PRINTED: "good",
        Status.WITHDRAWN: "plain",
    }
    TAKEN_WITH = ("issuer", "unit", "addressee", "replaces")
    GONE = "这份文书刚刚已删去。"
    Kind = PaperKind

    kind = models.CharField("种类", max_length=10, choices=PaperKind.choices)
    title = models.CharField("标题", max_length=TITLE)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="drafted_papers", verbose_name="起草单位")
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="issued_papers", verbose_name="制发单位")
    co_issuers = models.ManyToManyField(
        Unit, through=CoIssuer, blank=True, related_name="co_issued_papers", verbose_name="联合制发"
    )
    plans = models.ManyToManyField(Plan, blank=True, related_name="papers", verbose_name="方案")
    month = models.DateField("起始月份", null=True, blank=True, help_text="所写时期的第一个月，当月1日")
    until = models.DateField("截止月份", null=True, blank=True, help_text="所写时期的最后一个月，当月1日")
    as_of = models.DateTimeField("数字截止", default=clock.now)
    direction = models.CharField("行文方向", max_length=5, choices=Direction.choices, default=Direction.DOWN)
    copy_number = models.CharField(
        "份号", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "份号为六位数字，例如000001。")]
    )
    secrecy = models.CharField(
        "密级和保密期限",
        max_length=12,
        blank=True,
        validators=[
            RegexValidator(
                "^(内部|秘密|机密|绝密)(★.+)?$", "密级写内部、秘密、机密或绝密，保密期限写在★后面，例如秘密★1年。"
            )
        ],
        help_text="例如：秘密★1年。涉及国家秘密的文件不得在非涉密系统起草、传送。",
    )
    urgency = models.CharField("紧急程度", max_length=6, choices=Urgency.choices, blank=True)
    main_to = models.CharField("主送", max_length=TO, blank=True)
    copy_to = models.CharField("抄送", max_length=TO, blank=True)
    addressee = optional(Unit, "papers_to", "只送单位")
    series = models.CharField("刊名或机关代字", max_length=12, blank=True)
    numbering = models.CharField("编号方式", max_length=6, choices=Letterhead.Numbering.choices, blank=True)
    masthead = models.CharField("发文机关标志", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号", null=True, blank=True, help_text="印发时编号，不重复使用")
    directive = optional(Directive, "papers", "交办事项")
    occasion = optional(Occasion, "papers", "活动")
    round = optional(Round, "papers", "考评")
    replaces = optional("self", "corrections", "更正哪一份")
    word = models.CharField("退回或撤回原因", max_length=300, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    at = models.DateTimeField("起草时间", default=clock.now)
    sent_by = optional(User, "+", "送签人")
    sent_at = models.DateTimeField("送签时间", null=True, blank=True)
    signed_by = optional(User, "+", "签发人")
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    agreed_on = models.DateField("双方签字日期", null=True, blank=True, help_text="责任书签字的日期")
    status = models.CharField("状态", max_length=9, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["status", "-at"]), models.Index(fields=["kind", "month"])]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "series", "year", "number"], name="one_printed_paper_per_number"),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(status="WITHDRAWN"), name="one_correction_in_force_per_paper"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}".strip()

    @property
    def code(self):
        """第9期, 株县督〔2015〕9号; nothing before it is printed."""
        if not self.number:
            return ""
        if self.numbering == Letterhead.Numbering.LETTER:
            return f"{self.series}〔{self.year}〕{self.number}号"
        return f"{self.series}〔{self.year}〕第{self.number}期"

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def is_out(self):
        return self.status in self.OUT

    @property
    def frozen(self):
        return self.record.content

    @property
    def signers(self):
        """The heads of the unit it goes out from, or of the one that took it over."""
        unit = self.issuer.answering()
        return User.objects.acting_for([unit] if unit else []).filter(role=User.Role.HEAD)

    @cached_property
    def correction(self):
        return self.corrections.printed().first() if getattr(self, "is_corrected", True) else None


class Block(models.Model):
    """One part of a paper. ``text`` holds figures as tokens; ``figures`` says by token what each is and where it comes from.

    ``source`` is the key of what a table or annex is drawn by; ``content`` is the table as drawn. Each block has a version of its
    own, so that two people who write one paper do not overwrite one another.
    """

    TEXT = 6000

    class Kind(models.TextChoices):
        HEADING = "HEADING", "标题"
        TEXT = "TEXT", "文字"
        TABLE = "TABLE", "表格"
        ANNEX = "ANNEX", "附件"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="blocks", verbose_name="文书")
    order = models.PositiveSmallIntegerField("顺序")
    kind = models.CharField("种类", max_length=7, choices=Kind.choices, default=Kind.TEXT)
    text = models.TextField("文字", blank=True, help_text="表格和附件为其题目")
    figures = models.JSONField("数字", default=dict, blank=True)
    source = models.CharField("取数", max_length=40, blank=True)
    content = models.JSONField("表格内容", default=dict, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = owned_by("paper").as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书段落"
        ordering = ["paper", "order", "pk"]

    def __str__(self):
        return f"{self.paper} {self.order}"


class OfPaper(RowSet):
    """Rows that are read by whoever reads their paper."""

    @at_once
    def visible_to(self, user):
        return self.filter(Exists(Paper.objects.visible_to(user).filter(pk=models.OuterRef("paper"))))


class PaperRecordQuerySet(OfPaper, FrozenQuerySet):
    pass


class PaperRecord(FrozenRecord):
    """A paper as it was printed: every word, figure and table with the records each figure was summed from; by who signed it."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="record", verbose_name="文书")

    objects = PaperRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "印发件"
        ordering = ["paper"]

    def __str__(self):
        return f"{self.paper}"


class PaperFileQuerySet(OfPaper, FileQuerySet):
    pass


class PaperFile(SentFile):
    """What belongs to a printed paper as it is on paper: the scan with its seals and signatures."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files", verbose_name="文书")

    objects = PaperFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书扫描件"
        ordering = ["pk"]


class PaperEvent(trace.Event):
    subject = trace.subject(Paper, "文书")
    TONES = {"退回": "danger", "印发": "good", "撤回": "warn", "更正": "warn"}
