"""Responsible units, the spellings documents use for them, and the three people each unit must name."""

from functools import reduce
from operator import or_

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from kit import clock, names, pinyin, trace
from kit.statements import RowSet

# No name is longer; a database refuses to look for a text without end.
LONGEST_WORD = 240
PHONE = RegexValidator(r"^[0-9()（）+\- ]{5,30}$", "请填写电话号码，只用数字、空格、横线和括号。")


class UnitQuerySet(names.NamedQuerySet):
    def visible_to(self, user):
        """The directory of units is everyone's who has a role here."""
        return self if user.is_authenticated and user.role in user.UNIT_READERS else self.none()

    def of(self, rows):
        return self.filter(pk__in=rows.order_by().values("unit"))

    def active(self, day=None):
        day = day or clock.today()
        return self.filter(Q(active_from=None) | Q(active_from__lte=day), Q(active_to=None) | Q(active_to__gte=day))

    def behind(self, units):
        """Return ``units`` (keys) and the abolished ones whose work they took over, up to three mergers back."""
        steps = ("successor", "successor__successor", "successor__successor__successor")
        taken_over = Q()
        for step in steps:
            taken_over |= Q(**{f"{step}__in": units})
        return self.filter(Q(pk__in=units) | Q(active_to__lt=clock.today()) & taken_over)

    def taken_over(self):
        """Return {key of an abolished unit: key of the one that answers for it today, None where nobody does}."""
        after = dict(self.filter(active_to__lt=clock.today()).values_list("pk", "successor"))
        return {key: _last(after, key) for key in after}

    def search(self, word):
        """Find by Chinese, full pinyin or initials anywhere in the name or another spelling, a former name too (fgj -> 县发改局)."""
        key = names.key(word)
        if not key:
            return self
        if len(key) > LONGEST_WORD:
            return self.none()
        own = ("key", "pinyin", "initials")
        columns = ("full_key", *own, *(f"other_names__{column}" for column in own))
        return self.filter(reduce(or_, (Q(**{f"{column}__contains": key}) for column in columns))).distinct()

    def named(self, text):
        """Return the unit that documents call ``text``, or None; what a merged unit was called means its successor."""
        key = names.key(text)
        if not key:
            return None
        found = self.filter(Q(key=key) | Q(full_key=key) | Q(other_names__key=key))
        return found.order_by(F("active_to").desc(nulls_first=True), "pk").first()

    def contacts_complete(self, complete):
        counted = self.annotate(named_posts=models.Count("contacts", distinct=True))
        required = len(Contact.Post.values)
        return counted.filter(named_posts__gte=required) if complete else counted.filter(named_posts__lt=required)


def _last(after, key):
    seen = set()
    while key in after and key not in seen:
        seen.add(key)
        key = after[key]
    return None if key in seen else key


class Unit(models.Model):
    """One responsible unit (责任单位), named exactly as documents print it."""

    class PeerGroup(models.TextChoices):
        PARTY = "PARTY", "党委部门"
        GOVERNMENT = "GOVERNMENT", "政府部门"
        CONGRESS = "CONGRESS", "人大政协"
        JUDICIAL = "JUDICIAL", "法检"
        MASS = "MASS", "群团"
        VERTICAL = "VERTICAL", "垂直管理"
        INSTITUTION = "INSTITUTION", "事业单位"
        PARK = "PARK", "园区"
        TOWNSHIP = "TOWNSHIP", "乡镇"
        LEADING_OFFICE = "LEADING_OFFICE", "领导小组办公室"
        BODY = "BODY", "其他"

    name = models.CharField("名称", max_length=60, unique=True, help_text="与文件所印一致，例如：县编办")
    full_name = models.CharField("全称", max_length=120, blank=True)
    peer_group = models.CharField(
        "同类组", max_length=20, choices=PeerGroup.choices, default=PeerGroup.GOVERNMENT, help_text="同类组内排名"
    )
    order = models.PositiveIntegerField("排序", default=1000)
    pinyin = models.CharField("全拼", max_length=300, blank=True, help_text="留空则自动生成")
    initials = models.CharField("拼音首字母", max_length=80, blank=True, help_text="留空则自动生成")
    key = names.KeyField(max_length=120, unique=True)
    full_key = names.KeyField(max_length=240, of="full_name", db_index=True)
    active_from = models.DateField("启用日期", null=True, blank=True)
    active_to = models.DateField("停用日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="并入或更名为"
    )
    head_signs = models.BooleanField(
        "月报须经单位负责人审签", default=False, help_text="勾选后，填报人提交的月报先到本单位负责人处"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["peer_group", "order"])]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pinyin = self.pinyin or pinyin.full(self.name)
        self.initials = self.initials or pinyin.initials(self.name)
        super().save(*args, **kwargs)

    @property
    def is_active(self):
        day = clock.today()
        return (self.active_from or day) <= day <= (self.active_to or day)

    def answering(self, day=None):
        """Return the unit that answers for this one on ``day``: itself while it exists, else along its successors; or None."""
        day, unit, seen = day or clock.today(), self, set()
        while unit and unit.pk not in seen:
            if unit.active_to is None or unit.active_to >= day:
                return unit
            seen.add(unit.pk)
            unit = unit.successor
        return None

    @property
    def hosts(self):
        """Things are built at its place."""
        return self.peer_group in (self.PeerGroup.TOWNSHIP, self.PeerGroup.PARK)

    @property
    def is_township(self):
        return self.peer_group == self.PeerGroup.TOWNSHIP


class UnitName(models.Model):
    """Another spelling that documents use for a unit (县委办 = 县委办公室)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="other_names", verbose_name="责任单位")
    name = models.CharField("其他写法", max_length=60, unique=True)
    key = names.KeyField(max_length=120, unique=True)
    initials = pinyin.InitialsField("首字母", max_length=120)
    pinyin = pinyin.PinyinField("全拼", max_length=360)

    objects = names.NamedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "其他写法"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Contact(models.Model):
    """One of the three people every unit names: 主要领导、分管领导、联络员 (notice, reform plan, 四、(一))."""

    class Post(models.TextChoices):
        PRINCIPAL = "PRINCIPAL", "主要领导"
        DEPUTY = "DEPUTY", "分管领导"
        LIAISON = "LIAISON", "联络员"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts", verbose_name="责任单位")
    post = models.CharField("类别", max_length=10, choices=Post.choices)
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=30, validators=[PHONE])

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联系人"
        ordering = ["unit", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "post"], name="one_contact_per_post")]

    def __str__(self):
        return f"{self.get_post_display()} {self.name}"

    @staticmethod
    def lacking(label, name, title, phone):
        """Yield (part, sentence) of what is missing beside what is said of a post."""
        if name and not phone:
            yield "phone", f"请填写{label}的联系电话。"
        if not name and (phone or title):
            yield "name", f"请填写{label}的姓名。"


class UnitEvent(trace.Event):
    """Created, renamed, contacts named."""

    subject = trace.subject(Unit, "单位")
