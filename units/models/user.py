"""The people who sign in, and what happened to their accounts."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from kit import clock, trace
from kit.statements import RowSet
from units.models.unit import PHONE, Unit

USERNAME = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_.\-]{1,29}$", "用户名为2-30位字母、数字、下划线、点或横线。")


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class UserQuerySet(RowSet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.role == User.Role.ADMIN else self.filter(pk=user.pk)

    def working_for(self, units):
        return self.filter(is_active=True, unit__in=units, role__in=User.FILERS)

    def acting_for(self, units):
        """Whoever handles a unit's business: its filers, its office staff, its inspectors."""
        return self.filter(is_active=True, unit__in=units, role__in=User.ACTING)


class Role(models.TextChoices):
    REPORTER = "REPORTER", "填报人"
    HEAD = "HEAD", "单位负责人"
    OFFICE = "OFFICE", "办公室人员"
    LEADER = "LEADER", "县领导"
    INSPECTOR = "INSPECTOR", "督查"
    ADMIN = "ADMIN", "系统管理员"
    AUDITOR = "AUDITOR", "审计员"


FILERS = (Role.REPORTER, Role.HEAD)
WITH_UNIT = (*FILERS, Role.OFFICE)


class User(AbstractBaseUser):
    """One person with one role in one unit; which plans an office reviews follows from its unit."""

    Role = Role
    # Who may what, always by name: a role that stands nowhere here reads nothing.
    FILERS, WITH_UNIT = FILERS, WITH_UNIT
    ACTING = (*WITH_UNIT, Role.INSPECTOR)
    OVERSEERS = (Role.LEADER, Role.INSPECTOR)
    OVERLOOKERS = (Role.OFFICE, *OVERSEERS)
    BUSINESS = (*FILERS, *OVERLOOKERS)
    BRINGERS = (Role.OFFICE, Role.ADMIN)
    PLAN_READERS = (*BUSINESS, Role.ADMIN)
    UNIT_READERS = (*PLAN_READERS, Role.AUDITOR)
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    username = models.CharField(
        "用户名", max_length=30, unique=True, validators=[USERNAME], error_messages={"unique": "这个用户名已有人使用。"}
    )
    name = models.CharField("姓名", max_length=40)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="所在单位"
    )
    role = models.CharField("角色", max_length=10, choices=Role.choices, default=Role.REPORTER)
    phone = models.CharField("联系电话", max_length=30, blank=True, validators=[PHONE])
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    password_set_at = models.DateTimeField("密码设定时间", null=True, blank=True)
    seen_until = models.DateTimeField("上次查看到", null=True, blank=True, help_text="工作台“上次以来的变化”从这里算起")
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    # Whoever fetches a person for a whole request may know better (PersonBackend): nearly no unit took another over.
    took_over = True

    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["unit__order", "username"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="one_username_whatever_its_case"),
            models.CheckConstraint(condition=~Q(role__in=WITH_UNIT) | Q(unit__isnull=False), name="role_has_its_unit"),
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    get_short_name = get_full_name

    @property
    def signature(self):
        """How the trace names this person, once and for good."""
        return f"{self.unit.name} {self.name}" if self.unit else self.name

    @property
    def units(self):
        """Keys, for ``__in``, of the own unit and of the abolished ones whose work it took over."""
        if not self.unit_id:
            return []
        return Unit.objects.behind([self.unit_id]).values("pk") if self.took_over else [self.unit_id]

    def in_words(self):
        """(what of a person the words of a question depend on, the values in them), see ``kit.statements.at_once``.

        None where units were merged into theirs: which of them are gone depends on the day.
        """
        if self.took_over and self.unit_id:
            return None
        keys = (self.pk, self.unit_id)
        return (self.role, *(key is None for key in keys)), [key for key in keys if key is not None]

    def said_again(self, values):
        pk, unit = (None if key is None else next(values) for key in (self.pk, self.unit_id))
        again = User(pk=pk, unit_id=unit, role=self.role)
        again.took_over = False
        return again

    @property
    def is_staff(self):
        return self.role == self.Role.ADMIN

    def has_perm(self, perm, obj=None):
        return self.is_active and self.role == self.Role.ADMIN

    def has_perms(self, perms, obj=None):
        return self.has_perm(None)

    def has_module_perms(self, app_label):
        return self.has_perm(None)

    def take_password(self, password, *, must_change):
        """Not saved yet. The old one is kept as a hash so that it cannot come back soon."""
        if self.pk and self.has_usable_password():
            FormerPassword.objects.create(user=self, password=self.password)
        self.set_password(password)
        self.must_change_password, self.password_set_at = must_change, clock.now()
        return ["password", "must_change_password", "password_set_at"]

    @property
    def sees_everything(self):
        """Leaders and inspectors read all business records."""
        return self.role in self.OVERSEERS

    @property
    def does_business(self):
        """The administrator and the auditor are kept out of the business (three-role separation, GB/T 22239)."""
        return self.role in self.BUSINESS

    @property
    def reads_plans(self):
        """Plans, tasks and lights are read by who works with them, and by the administrator who enters them."""
        return self.role in self.PLAN_READERS


class FormerPassword(models.Model):
    """A password hash no longer in use; the last few may not come back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.user_id} {self.at:%Y-%m-%d}"


class AccountEvent(trace.Event):
    """Created, reset, moved, deactivated, signed in."""

    subject = trace.subject(User, "账号")
