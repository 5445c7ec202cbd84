"""Accessibility of a page as axe sees it."""

from axe_playwright_python.sync_playwright import Axe

GRAVE = ("serious", "critical")
# What axe judges by, without the words: the frame of a page (but for the entry that is current) and its main part.
SKELETON = r"""() => {
  const line = (each) => each.tagName + [...each.attributes].map((one) =>
    one.name + (["class", "role", "type", "style"].includes(one.name) ? "=" + one.value : one.value ? "" : "=")).join(" ")
    + ([...each.childNodes].some((one) => one.nodeType === 3 && one.data.trim()) ? " text" : "");
  const main = document.querySelector("main"), all = [...document.querySelectorAll("*")];
  const frame = all.filter((each) => !main || !main.contains(each)).map((each) => line(each).replace(/ ?aria-current/, ""));
  return [frame, all.filter((each) => main && main.contains(each)).map(line)].map((lines) => lines.join("\n"));
}"""
SEEN = set()


def assert_no_serious(page):
    """Fail with rule, place and help of everything serious or critical; a frame and a main part seen before are sound."""
    parts = {(page.viewport_size["width"], skeleton) for skeleton in page.evaluate(SKELETON)}
    if parts <= SEEN:
        return
    found = Axe().run(page).response["violations"]
    told = [
        f"{each['id']} ({each['impact']}): {each['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found
        if each["impact"] in GRAVE
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)
    SEEN.update(parts)
