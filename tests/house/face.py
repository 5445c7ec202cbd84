"""Rules for templates and style sheets: nothing inline, nothing from elsewhere, nothing an old browser drops."""

import re

INLINE = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a handler": re.compile(r"<\w[^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "script in an attribute": re.compile(r"\shx-on\b|\shx-vals\s*=\s*[\"']js:", re.I),
    "something from elsewhere": re.compile(
        r"<(?!a\s)[^>]*\s(?:src|href|action|data|poster)\s*=\s*[\"']\s*(?:https?:)?//", re.I
    ),
}
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.I | re.S)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.S)
REAL_CLOCK = re.compile(r"\{%-?\s*now\b")
OTHER_NUMBER = re.compile(r"\|\s*floatformat\b")

# Declarations that Chromium 86 drops; allowed with a line for the same property before them.
NEW_VALUES = {
    "color-mix()": re.compile(r"color-mix\("),
    "oklch()": re.compile(r"\bok(?:lch|lab)\("),
    "light-dark()": re.compile(r"light-dark\("),
    "dynamic viewport units": re.compile(r"\d[ds]v[hw]\b|\dlv[hw]\b"),
}
NEW_PROPERTIES = re.compile(
    r"^(inset|aspect-ratio|accent-color|(?:margin|padding|inset)-(?:inline|block)|border-(?:inline|block)(?:-\w+)?)$"
)
NEW_SELECTORS = re.compile(r":has\(|:is\(|:where\(|:not\([^()]*,")
NEW_RULES = re.compile(r"^@(layer|container|scope|starting-style|property)\b")
MEDIA_RANGE = re.compile(r"^@media.*[<>]")
NARROW_ON_PAPER = re.compile(r"^@media\s*\(\s*max-width")
HOLDS_RULES = ("@media", "@supports", "@document", "@page")


def cutting(files):
    """Boxes that cut what is pasted into them without a word; words to search for may be cut."""
    boxes = ((path, box) for path, text in files.items() for box in re.findall(r"<(?:input|textarea)\b[^>]*>", text))
    return [f"{path}: {box}" for path, box in boxes if "maxlength" in box and 'type="search"' not in box]


def inline(files):
    """Styles, scripts, handlers and foreign addresses in templates, which the content security policy blocks."""
    problems = []
    for path, text in files.items():
        text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
        found = [(match.start(), word) for word, rule in INLINE.items() for match in rule.finditer(text)]
        found += [(match.start(), "an inline script") for match in SCRIPT.finditer(text) if _runs(match)]
        problems += [f"{path}:{_line(text, place)} has {word}" for place, word in sorted(found)]
    return problems


def other_clocks(files):
    """``{% now %}``, which does not ask the business clock."""
    return _found(REAL_CLOCK, files, "asks {% now %}")


def other_numbers(files):
    """``floatformat``, where ``written`` is the one way a number is printed."""
    return _found(OTHER_NUMBER, files, "prints a number its own way")


def _found(pattern, files, words):
    return [
        f"{path}:{_line(text, match.start())} {words}"
        for path, text in files.items()
        for match in pattern.finditer(text)
    ]


def too_new(files):
    """What Chromium 86 does not know, and narrow-screen rules that would hold on paper."""
    problems = []
    for path, text in files.items():
        text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), text, flags=re.S)
        problems += [f"{path}:{_line(text, place)} {what}" for place, what in _blocks(text)]
    return problems


def _runs(match):
    attributes, content = match.groups()
    return bool(content.strip()) or not re.search(r"\bsrc\s*=", attributes)


def _line(text, place):
    return text.count("\n", 0, place) + 1


def _blocks(text):
    """Walk the style sheet brace by brace; yield (place, problem)."""
    opened, start = [], 0
    for match in re.finditer(r"[{}]", text):
        part = text[start : match.start()]
        if match.group() == "{":
            prelude = part.rpartition(";")[2].strip()
            yield from ((match.start(), problem) for problem in _prelude_problems(prelude, opened))
            opened.append(prelude)
        else:
            yield from ((match.start(), problem) for problem in _declaration_problems(part))
            opened = opened[:-1]
        start = match.end()


def _prelude_problems(prelude, opened):
    if NEW_RULES.match(prelude):
        yield f"has {prelude.split()[0]}"
    if MEDIA_RANGE.match(prelude):
        yield "has a media query with < or >"
    if NARROW_ON_PAPER.match(prelude):
        yield "has a narrow rule that holds on paper: write @media screen and (max-width: …)"
    if not prelude.startswith("@") and NEW_SELECTORS.search(prelude):
        yield f"has the selector {prelude}"
    if "&" in prelude or (opened and not opened[-1].startswith(HOLDS_RULES) and "keyframes" not in opened[-1]):
        yield f"nests {prelude}"


def _declaration_problems(block):
    """Names and values too new, unless the line before gives the same property an older value."""
    before = ""
    for declaration in block.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        new = [word for word, rule in NEW_VALUES.items() if rule.search(value)]
        if NEW_PROPERTIES.match(name):
            yield f"has the property {name}"
        elif new and name != before:
            yield f"has {new[0]} without a line for older browsers before it"
        before = name
