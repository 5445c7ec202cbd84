"""Accessibility of a page as axe sees it."""

from axe_playwright_python.sync_playwright import Axe

GRAVE = ("serious", "critical")


def assert_no_serious(page):
    """Fail with rule, place and help of everything serious or critical."""
    found = Axe().run(page).response["violations"]
    told = [
        f"{each['id']} ({each['impact']}): {each['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found
        if each["impact"] in GRAVE
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)
