"""The command line: what it prints, what it makes, and its exit codes 0, 1, 2 and 3."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from assetgen.cli import main
from assetgen.cli.list import KIND_NAMES

COMMANDS = (
    "new",
    "read",
    "plan",
    "build",
    "make",
    "preview",
    "check",
    "verify",
    "inspect",
    "list",
    "show",
    "completion",
)
FIELDS = ("--set", "title=Turun", "--set", "value=8,42", "--set", "source=BPS")
SQUARE = ("--brand", "lentera", "--for", "instagram/feed-square")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments, data=None, code=0):
        result = CliRunner().invoke(main, [str(one) for one in arguments], input=data)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return invoke


# --- help and wrong use -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_help_has_examples_that_name_the_command(run, command):
    """`--help` and `-h` show examples; those of a command call that command."""
    text = run(*command, "--help").output
    assert "Examples:" in text
    examples = text.partition("Examples:")[2]
    assert f"assetgen {' '.join(command)}".strip() in examples
    assert run(*command, "-h").output == text


def test_all_commands_are_listed(run):
    """The help of the program names every command, with one line each."""
    text = run("--help").output
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert run("--version").output.startswith("assetgen ")


WRONG = [
    (("buid",), "there is no command 'buid': did you mean 'build'?"),
    (("build",), "Missing argument 'CAMPAIGN'"),
    (("make", "big-numer", *SQUARE), "there is no layout 'big-numer'\n    → did you mean 'big-number'?"),
    (("make", "big-number", "--brand", "lentra", "--for", "x/post"), "→ did you mean 'lentera'?"),
    (("make", "big-number", *SQUARE, "--set", "title"), "'title' is not FIELD=VALUE"),
    (("show", "layout", "rankin"), "→ did you mean 'ranking'?"),
    (("show", "filter", "rupia"), "there is no filter 'rupia'\n    → did you mean 'rupiah'?"),
    (("list", "layout"), "'layout' is not one of"),
    (("new", "campaign", "Nama Saya"), "'Nama Saya' cannot be a name"),
    (("completion", "tcsh"), "'tcsh' is not one of"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_use_exits_2_and_says_what_was_meant(run, arguments, message):
    """Unknown commands, kits and options: exit 2 and the nearest name, on standard error."""
    result = run(*arguments, code=2)
    assert message in result.stderr
    assert not result.stdout


BAD = [
    (("build", "nowhere.toml"), "there is no file 'nowhere.toml'"),
    (("read", "nowhere.csv"), "there is no file 'nowhere.csv'"),
    (("make", "big-number", *SQUARE, "--set", "titel=x"), "has no field 'titel'\n    → did you mean 'title'?"),
    (("make", "big-number", "--brand", "lentera", "--for", "x/pots", *FIELDS), "→ did you mean 'x/post'?"),
    (("show", "placement", "instagram/stor"), "→ did you mean 'instagram/story'?"),
    (("inspect", "a.jpg", "--for", "instagram"), "name one of them"),
    (("make", "big-number", *SQUARE, *FIELDS, "--format", "jpg"), "there is no format 'jpg'"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_input_exits_3_and_says_where(run, arguments, message):
    """Files, fields and placements that do not exist: exit 3, with the nearest name."""
    result = run(*arguments, code=3)
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_all_problems_are_counted(run, new_campaign):
    """Several mistakes are told at once."""
    folder = new_campaign(('brand = "lentera"', 'brand = "lentra"'), ("title =", "titel ="))
    text = run("build", folder, code=3).stderr
    assert "2 problems; nothing was changed." in text
    assert "campaign.toml:14: the layout 'kartu' has no field 'titel'" in text


# --- new and build ----------------------------------------------------------------------------------------------------


def test_a_new_campaign_builds_and_builds_again(run, tmp_path):
    """`new campaign` then `build` makes assets in two languages; a name is not taken twice."""
    assert "Next: assetgen build apbd-2026" in run("new", "campaign", "apbd-2026").output
    result = CliRunner().invoke(main, ["build", "apbd-2026", "--format", "json"])
    report = json.loads(result.stdout)
    assert report["totals"]["assets"] == 18
    assert report["totals"]["failed"] == 0
    assert (result.exit_code == 0) == (report["totals"]["not_ready"] == 0)
    out = tmp_path / "apbd-2026" / "out"
    assert (out / "index.html").is_file()
    assert (out / "kota-lentera" / "instagram-story-en" / "01.jpg").is_file()
    assert "apbd-2026 is there already" in run("new", "campaign", "apbd-2026", code=2).stderr


def test_a_new_brand_and_layout_work_at_once(run, tmp_path):
    """What `new` makes can be listed, shown and used from the same folder."""
    run("new", "brand", "dinas-wisata")
    run("new", "layout", "harga-pangan")
    assert "Dinas Wisata" in run("show", "brand", "dinas-wisata").output
    assert "Harga pangan" in run("show", "layout", "harga-pangan").output
    assert "dinas-wisata" in run("list", "brands").output
    label = ("--set", "label=penduduk di bawah garis kemiskinan")
    run("make", "layouts/harga-pangan", "--brand", "brand/dinas-wisata", "--for", "x/post", *FIELDS, *label)
    assert list((tmp_path / "out").rglob("01.*"))


def test_a_build_with_a_broken_row_exits_1(run, new_campaign):
    """The rest is made, and the line of the mistake is told."""
    folder = new_campaign(
        ('"{{ persen }}"', '"{{ 100 / persen }}"'), data="wilayah,tahun,persen\nLentera,2026,0\nSuluh,2026,10\n"
    )
    text = run("build", folder, "--draft", code=1).output
    assert "not made: lentera" in text
    assert "a number is divided by zero" in text
    assert "1 not made" in text
    assert (folder / "out" / "suluh").is_dir()


def test_build_takes_only_jobs_and_out(run, new_campaign, tmp_path):
    """`--only` and `--out` do what they say; an unknown slug exits 2 with the nearest."""
    folder = new_campaign()
    run("build", folder, "--draft", "--only", "suluh", "--jobs", 1, "--out", tmp_path / "hasil", code=1)
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir() if path.is_dir()) == ["suluh"]
    assert "did you mean 'suluh'?" in run("build", folder, "--only", "sulu", code=2).stderr


# --- make -------------------------------------------------------------------------------------------------------------


def test_make_from_settings_alone(run, tmp_path):
    """One asset from --set; findings go to standard error, paths to standard output."""
    result = CliRunner().invoke(main, ["make", "big-number", *SQUARE, *FIELDS])
    assert result.exit_code in (0, 1)
    path = Path(result.stdout.split("  ")[0])
    assert path.as_posix().startswith("out/big-number/instagram-feed-square/01.")
    with Image.open(path) as picture:
        assert picture.size == (1080, 1080)


@pytest.mark.parametrize("way", ["file", "-"])
def test_make_from_rows(run, tmp_path, new_layout, way):
    """A CSV file or standard input gives one asset a row and placement, each in a folder of its own."""
    data = "judul,nilai,sumber\nA,1,BPS\nB,2,BPS\n"
    (tmp_path / "t.csv").write_text(data)
    layout = new_layout()
    more = ("--set", "value={{ nilai }}", "--set", "source={{ sumber }}")
    arguments = [
        layout,
        "t.csv" if way == "file" else "-",
        "--brand",
        "lentera",
        "--for",
        "x/post,facebook/link",
        *more,
    ]
    result = CliRunner().invoke(main, ["make", *map(str, arguments)], input=data)
    lines = [line for line in result.stdout.splitlines() if line.startswith("out")]
    assert [line.split("/")[1:3] for line in lines] == [
        [slug, place] for slug in ("kartu-001", "kartu-002") for place in ("x-post", "facebook-link")
    ]


# --- list, show, read, inspect ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_kind_is_listed_and_shown(run, kind):
    """As text and as JSON, and each first part in detail."""
    text = run("list", kind).output
    rows = json.loads(run("list", kind, "--format", "json").output)
    assert rows and all(about.strip() for about in rows.values())
    assert all(any(line.startswith(name) for line in text.splitlines()) for name in rows)
    name = next(iter(rows))
    assert name in run("show", kind, name).output
    assert json.loads(run("show", kind.removesuffix("s"), name, "--format", "json").output)["name"]
    assert run("list", kind, "--match", "zzzz").output == ""


def test_read_shows_what_was_understood(run, tmp_path):
    """Columns, kinds and rows, as text and JSON, from a file and from standard input."""
    (tmp_path / "a.csv").write_text("wilayah,persen\nLentera,8.42\nSuluh,9.10\n")
    assert "persen" in run("read", "a.csv").output
    shown = json.loads(run("read", "a.csv", "--format", "json").output)
    piped = json.loads(run("read", "-", "--format", "json", data="wilayah,persen\nLentera,8.42\nSuluh,9.10\n").output)
    assert [column["key"] for column in shown["columns"]] == [column["key"] for column in piped["columns"]]


def test_inspect_tells_fit_and_not_fit(run, tmp_path):
    """A picture of the right size exits 0, another 1, as text and as JSON."""
    Image.effect_noise((1080, 1080), 40).convert("RGB").save(tmp_path / "good.jpg", quality=95)
    Image.new("RGB", (50, 50)).save(tmp_path / "bad.jpg")
    assert "good.jpg: fit for" in run("inspect", "good.jpg", "--for", "instagram/feed-square").output
    assert "bad.jpg: not fit for" in run("inspect", "bad.jpg", "--for", "instagram/feed-square", code=1).output
    shown = run("inspect", "good.jpg", "bad.jpg", "--for", "instagram/feed-square", "--format", "json", code=1).output
    assert set(json.loads(shown)) == {"good.jpg", "bad.jpg"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run, shell):
    """Each shell gets a script that asks for completions of assetgen."""
    script = run("completion", shell).output
    assert f"_ASSETGEN_COMPLETE={shell}_complete" in script


# --- as people call it ------------------------------------------------------------------------------------------------


def call(*arguments, cwd, **options):
    environment = {**os.environ, "PYTHONWARNINGS": "error", **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "assetgen", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        **options,
    )


def test_a_real_process_has_exit_codes_and_no_colour_in_a_pipe(tmp_path):
    """Exit 2 for wrong use, 3 for bad input; no escape codes where nobody sees colours, no traceback."""
    wrong, bad = call("buid", cwd=tmp_path), call("build", "x.toml", cwd=tmp_path)
    assert (wrong.returncode, bad.returncode) == (2, 3)
    assert "\x1b[" not in wrong.stderr + bad.stderr
    assert "Traceback" not in wrong.stderr + bad.stderr


def test_colour_is_for_terminals(tmp_path):
    """On a terminal the message is red."""
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "assetgen", "build", "x.toml"], cwd=tmp_path, stdout=slave, stderr=slave
    ) as process:
        process.wait()
    os.close(slave)
    shown = os.read(master, 10_000).decode()
    os.close(master)
    assert "\x1b[31m" in shown


def test_help_imports_nothing_heavy(tmp_path):
    """`assetgen --help` starts at once: none of the large libraries is imported for it."""
    code = (
        "import sys\nfrom assetgen.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'polars', 'PIL', 'openpyxl', 'fontTools', 'pydantic', 'jinja2', 'rich', 'pytakumi'}\n"
        "sys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_show_chart_tells_its_options_and_a_sample():
    """Those of its own, those of every chart, and rows that run."""
    result = CliRunner().invoke(main, ["show", "chart", "bar", "--format", "json"])
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert "highlight" in told["options"]
    assert "width" in told["options of every chart"]
    assert told["sample"]["rows"]
