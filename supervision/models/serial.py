"""Running numbers of papers: per issuer, series and year, each given once and never again."""

from django.db import models

from units.models import Unit


class Serial(models.Model):
    """The last number an issuer gave in a series and year."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="serials", verbose_name="制发单位")
    series = models.CharField("字号", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        ordering = ["issuer", "series", "year"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "series", "year"], name="one_serial_per_issuer_series_year")
        ]

    def __str__(self):
        return f"{self.issuer} {self.series}〔{self.year}〕{self.last}号"

    @classmethod
    def next(cls, issuer, series, year):
        """Take the next number; call inside the action's transaction."""
        key = {"issuer": issuer, "series": series, "year": year}
        cls.objects.get_or_create(**key)
        row = cls.objects.select_for_update().get(**key)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last
