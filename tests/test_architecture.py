"""The shape of the house: imports run one way, the spine names no part, only commands print, nothing is long."""

import ast
from pathlib import Path

import pytest

from assetgen import parts

PACKAGE = Path(parts.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "kits" not in path.parts)
TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}

# From left to right along the story; a module imports only from columns before its own.
STORY = (
    ("errors", "model", "typography", "portions"),
    ("paths", "facts", "counting", "lines", "budget"),
    ("cache", "watch", "wrapping", "pieces"),
    ("parts", "locale", "derive", "markup", "pruning", "typescale", "mirroring", "slides", "sizing"),
    ("settings", "shown", "fonts", "tokens", "pictures", "sources", "placements", "sandbox", "look", "icons"),
    ("placement", "stylesheet", "read", "blocks", "template", "photos", "regions"),
    ("geography", "sound", "captions"),
    ("video",),
    ("charts", "backgrounds", "clips"),
    ("filters", "engines", "formats"),
    ("patches",),
    ("brand", "encode", "inspect", "fitting", "backdrop"),
    ("layout",),
    ("fields",),
    ("bind", "paginate", "sparing"),
    ("paint",),
    ("check", "spoken", "motion"),
    ("rules",),
    ("package",),
    ("campaign", "studio"),
    ("batch", "executors", "verify"),
    ("provenance",),
    ("pipeline", "library"),
    ("forecast", "preview", "measure", "stress", "sheet"),
    ("cli",),
    ("__init__", "__main__"),
)
RANK = {name: number for number, names in enumerate(STORY) for name in names}
PART_KINDS = ("sources", "charts", "backgrounds", "filters", "formats", "rules", "engines", "executors")
# A default has to name something: the engine and the executor when nobody chooses.
MAY_NAME = {"takumi", "local"}
# These words are also words of their own in the spine: types of fields, kinds of values, keys of files and Python.
ALSO_WORDS = {
    "background",
    "gradient",
    "bar",
    "column",
    "json",
    "number",
    "percent",
    "short",
    "total",
    "figure",
    "file",
    "logo",
    "caption",
    "csv",
    "icon",
    "line",
    "map",
    "rank",
    "rupiah",
    "pukul",
}
# These know media formats as such, whether or not we can write them: what a stranger's file is, what a platform takes.
KNOW_MEDIA = (
    "video/container.py",
    "video/hevc.py",
    "inspect/",
    "pictures.py",
    "clips/",
    "placements/_schema.py",
    "model/places.py",
)
# Here `svg` is an element of markup, whatever formats there are.
READ_MARKUP = ("blocks.py",)


def stage(file):
    return Path(file).parts[0].removesuffix(".py")


def imports(tree):
    """Yield the modules of the package that run-time code imports, and their line."""
    checking = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in checking:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "assetgen":
            names = [node.module.split(".")[1]] if "." in node.module else [alias.name for alias in node.names]
            for name in names:
                yield name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("assetgen."):
                    yield alias.name.split(".")[1], node.lineno


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def length(node):
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno - body[0].lineno + 1) if body else 0


@pytest.mark.parametrize("file", TREES)
def test_imports_run_from_left_to_right(file):
    """A stage knows the stages before it and none behind it; the order is that of the story in `docs`."""
    own = stage(file)
    assert own in RANK, f"give '{own}' its place in the story"
    wrong = [
        f"line {line}: {name}"
        for name, line in imports(TREES[file])
        if name != own and RANK.get(name, len(STORY)) >= RANK[own]
    ]
    assert not wrong


@pytest.mark.parametrize("file", [file for file in TREES if stage(file) not in (*PART_KINDS, "cli")])
def test_the_spine_names_no_part(file):
    """A part is found by its file name: a name of one in the spine would be a list to edit."""
    names = {name for kind in PART_KINDS for name in parts.names(kind)} - MAY_NAME - ALSO_WORDS
    names -= set(parts.names("formats")) if file.startswith(KNOW_MEDIA) else set()
    names -= {"svg"} if file in READ_MARKUP else set()
    documents = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(TREES[file])
        if hasattr(node, "body") and isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
    }
    found = [
        f"line {node.lineno}: '{node.value}'"
        for node in ast.walk(TREES[file])
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in names
        and node.value not in documents
    ]
    assert not found


@pytest.mark.parametrize("file", TREES)
def test_only_the_command_line_prints(file):
    """A library is silent."""
    called = {node.func.id for node in ast.walk(TREES[file]) if isinstance(node, ast.Call) and hasattr(node.func, "id")}
    assert stage(file) == "cli" or "print" not in called


@pytest.mark.parametrize("file", TREES)
def test_modules_and_functions_stay_short(file):
    """At most 400 lines a module and 40 a function, its docstring left out."""
    assert len((PACKAGE / file).read_text("utf-8").splitlines()) <= 400
    assert not [f"{node.name}: {length(node)}" for node in functions(TREES[file]) if length(node) > 40]


@pytest.mark.parametrize("file", TREES)
def test_modules_hold_no_state_that_changes(file):
    """A dict, list or set at the top of a module is a constant in capitals that nobody writes to."""
    tree = TREES[file]
    constants = set()
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if targets and isinstance(node.value, (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)):
            constants |= {target.id for target in targets if isinstance(target, ast.Name)}
    constants.discard("__all__")
    assert not [name for name in constants if not name.isupper()]
    writers = {
        "append",
        "add",
        "update",
        "setdefault",
        "pop",
        "popitem",
        "clear",
        "extend",
        "insert",
        "remove",
        "discard",
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            raise AssertionError(f"line {node.lineno}: global")
        if isinstance(node, ast.Attribute) and node.attr in writers and isinstance(node.value, ast.Name):
            assert node.value.id not in constants, f"line {node.lineno}"
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, (ast.Store, ast.Del))
            and isinstance(node.value, ast.Name)
        ):
            assert node.value.id not in constants, f"line {node.lineno}"


@pytest.mark.parametrize("file", TREES)
def test_what_is_public_says_what_it_does(file):
    """Every module, public class and public function has a docstring that starts with a capital and ends a sentence."""
    tree = TREES[file]
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    for node in public:
        text = ast.get_docstring(node)
        assert text, node.name
        assert text[0].isupper() or text[0] in "`'\"", node.name


def test_the_story_has_no_stage_that_is_gone():
    """Every name in the order of stages is a module or folder."""
    present = {stage(file) for file in TREES}
    assert set(RANK) == present


def test_no_module_is_imported_twice_by_kind():
    """A module and a folder never share a name: which one is meant would depend on the import."""
    names = [path.stem for path in PACKAGE.glob("*.py")] + [path.name for path in PACKAGE.iterdir() if path.is_dir()]
    assert len(names) == len(set(names))
