"""Units in and out of spreadsheets in the technical administration, known by their names."""

from import_export.fields import Field

from kit.exchange import Choice, Day, Number, StrictResource, Text
from units.actions.directory import keep_unit, spell_unit
from units.actions.loading import Directory
from units.models import Unit
from units.resources.cells import NamesCell, UnitCell


class UnitResource(StrictResource):
    """The directory of units."""

    title = "责任单位"

    name = Field("name", "名称", Text())
    full_name = Field("full_name", "全称", Text())
    spellings = Field(None, "其他写法", NamesCell())
    peer_group = Field("peer_group", "同类组", Choice(Unit.PeerGroup.choices))
    order = Field("order", "排序", Number(), default=1000)
    active_from = Field("active_from", "启用日期", Day())
    active_to = Field("active_to", "停用日期", Day())
    successor = Field("successor", "并入或更名为", UnitCell())
    head_signs = Field("head_signs", "月报须经单位负责人审签", Choice([(False, "否"), (True, "是")]))

    class Meta(StrictResource.Meta):
        model = Unit
        import_id_fields = ("name",)
        fields = import_order = export_order = (
            "name",
            "full_name",
            "spellings",
            "peer_group",
            "order",
            "active_from",
            "active_to",
            "successor",
            "head_signs",
        )

    def get_queryset(self):
        return Unit.objects.select_related("successor").prefetch_related("other_names")

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.known = Directory.of_all()

    def before_import_row(self, row, **kwargs):
        """A known unit under another of its spellings is no new unit."""
        super().before_import_row(row, **kwargs)
        name = self.fields["name"].clean(row)
        unit = self.known.find(name, "")
        if unit and unit.name != name:
            raise self.refused(f"“{name}”是{unit.name}的另一种写法，请在名称列写“{unit.name}”。", "name", row)

    def take(self, field, instance, row):
        value = super().take(field, instance, row)
        if field.column_name == "其他写法":
            instance.wanted_names = value

    def dehydrate_spellings(self, unit):
        names = getattr(unit, "wanted_names", None)
        if names is None:
            names = [each.name for each in unit.other_names.all()] if unit.pk else []
        return "、".join(names)

    def dehydrate_successor(self, unit):
        return unit.successor.name if unit.successor_id else ""

    def keep(self, unit, is_create, row, user, note):
        keep_unit(unit, user, note=note)
        if hasattr(unit, "wanted_names"):
            spell_unit(unit, unit.wanted_names, user, note=note)
