"""Propose interviews by the rules: for a timer every morning; the same reason is proposed once."""

from django.core.management.base import BaseCommand

from supervision.actions.interviews import propose_interviews
from tasks.models import Plan


class Command(BaseCommand):
    help = "按规则拟议约谈（连续红灯、审批超时限）；同一原因只拟议一次，谈不谈由人决定。"

    def handle(self, *args, **options):
        made = [occasion for plan in Plan.objects.running().order_by("pk") for occasion in propose_interviews(plan)]
        self.stdout.write(f"新拟议{len(made)}次约谈。")
