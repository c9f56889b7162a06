"""Numbers that a wrong locale damaged are put right with proof or refused, never wrong; clean ones are not touched."""

import csv
import io
import json
import runpy
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.cli import main
from assetgen.read import ReadOptions, read_table
from assetgen.rules.doubtful_data import _CELL, CELL_DOUBTS, COLUMN_DOUBTS

SAMPLES = Path(__file__).parents[1] / "samples"
SCRIPT = runpy.run_path(str(SAMPLES / "make_damaged.py"))
Program, damaged, as_csv, as_xlsx, written = (
    SCRIPT[name] for name in ("Program", "damaged", "as_csv", "as_xlsx", "written")
)
REAL = Path(__file__).parents[2] / "shared" / "data" / "apbd" / "djpk-apbd-2007-belanja-fungsi.xlsx"


def doubts(table):
    """Return the columns and the cells that the rule for doubtful data would refuse."""
    columns, cells = set(), set(table.refused)
    for remark in table.remarks:
        for found in (found for cell in remark.cells for found in _CELL.finditer(cell)):
            columns |= {found[1]} if remark.code in COLUMN_DOUBTS else set()
            cells |= {found[0]} if remark.code in CELL_DOUBTS else set()
    return columns, cells


def judged(table, truth):
    """Yield each number that was read and is not in doubt, and the number that it should be."""
    columns, cells = doubts(table)
    for row in (*table.rows, *table.totals):
        for column, value in zip(table.columns[1:], list(row.values.values())[1:], strict=True):
            plain = isinstance(value.data, Decimal)
            if plain and column.letter not in columns and value.cell.address not in cells:
                yield value, truth[row.number - 1][ord(column.letter) - ord("A")]


def read(cells, name="data.csv", program=Program(), **options):
    data = as_csv(cells, program) if name.endswith("csv") else as_xlsx(cells)
    return read_table(name, options=ReadOptions(**options), data=data)


def spoil(rows, program=Program(), group=".", places=0):
    head = ["Nama", *(f"Pos {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"[: len(rows[0])])]
    truth = [head, *([f"Daerah {chr(65 + at)}", *map(Decimal, row)] for at, row in enumerate(rows))]
    return truth, damaged(truth, program, group, places)


# --- samples with known truth -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCRIPT["SAMPLES"])
def test_every_damaged_sample_is_put_right(name):
    """No cell is refused, and every number is the one that was damaged."""
    table = read_table(SAMPLES / "damaged" / name)
    with (SAMPLES / "damaged" / f"{name}.truth.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.reader(file))
    assert table.refused == ()
    for row in (*table.rows, *table.totals):
        numbers = [value.data for value in list(row.values.values())[1:]]
        assert numbers == [Decimal(text) for text in truth[row.number - 1][1:]]
    assert table.proved == tuple(sorted(row.number for row in (*table.rows, *table.totals)))
    assert table.repairs


@pytest.mark.parametrize("name", SCRIPT["SAMPLES"])
def test_the_truth_is_read_without_repairs(name):
    """A clean table stays as it is."""
    table = read_table(SAMPLES / "damaged" / f"{name}.truth.csv")
    assert (table.repairs, table.refused, table.proved) == ((), (), ())


def test_the_samples_are_what_their_script_writes(tmp_path, monkeypatch, capsys):
    """Run `python samples/make_damaged.py` after a change of it."""
    kept = {path.name: sha256(path.read_bytes()).hexdigest() for path in (SAMPLES / "damaged").iterdir()}
    SCRIPT["main"].__globals__["FOLDER"] = tmp_path
    SCRIPT["main"]()
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()} == kept
    assert "belanja.xlsx" in capsys.readouterr().out


@pytest.mark.skipif(not REAL.exists(), reason="the real file is not at hand")
def test_the_ministrys_budget_is_proved_whole():
    """452 of 452 filled rows are proved, the 9 blank rows stay blank, no value changes without proof."""
    table = read_table(REAL, options=ReadOptions(scale=1))
    blank = [row.number for row in table.rows if row["total_belanja"].missing]
    assert (len(table.rows), len(table.proved), len(blank), table.refused) == (461, 452, 9, ())
    assert not set(blank) & set(table.proved)
    keys = [column.key for column in table.columns[3:]]
    for row in table.rows:
        if row.number in table.proved:
            assert abs(row["total_belanja"].data - sum(row[key].data for key in keys)) <= 5
        else:
            assert all(row[key].missing for key in keys)
    where = {repair.cell.address: repair for repair in table.repairs}
    for row in table.rows:
        for value in list(row.values.values())[2:]:
            repair = where.get(value.cell.address)
            assert (value.repair is repair) or (value.repair == repair)
            if repair is None and not value.missing:
                assert value.data == Decimal(value.raw.replace(".", "") if value.raw.count(".") > 1 else value.raw)
    assert doubts(table) == (set(), set())


# --- one trap each ----------------------------------------------------------------------------------------------------


def test_a_repair_says_cell_raw_text_and_proof():
    """The sentence names every cell and figure, and where the scale is proved when the row alone would not tell."""
    _, cells = spoil([[1_640_000, 640_000, 1_000_000], [487_030, 164_732, 322_298], [969_812, 969, 968_843]])
    table = read(cells, "data.xlsx")
    proofs = {repair.cell.address: repair for repair in table.repairs}
    assert proofs["C2"].proof == "B2 = C2+D2: 1.640.000 = 640.000 + 1.000.000"
    assert (proofs["C2"].raw, proofs["C2"].was, proofs["C2"].became) == ("640", Decimal(640), Decimal(640_000))
    assert proofs["B3"].proof == "B3 = C3+D3: 487.030 = 164.732 + 322.298; thousands as B2 proves"
    assert "C4" not in proofs  # 969 is read right
    assert table.rows[1]["pos_a"].repair == proofs["B3"]
    assert table.proved == (2, 3, 4)


def test_two_readings_that_close_are_refused():
    """4 = 3 + 1 closes as it stands and times a thousand: nothing tells which, so neither is taken."""
    _, cells = spoil([[1_640_123, 640_001, 1_000_122], [487_030, 164_732, 322_298], [4000, 3000, 1000], [9, 4, 5]])
    table = read(cells, "data.xlsx")
    assert table.refused == ("B4", "C4", "D4", "B5", "C5", "D5")
    assert table.proved == (2, 3)


def test_a_row_that_does_not_add_up_is_refused():
    """A digit that was typed wrong closes under no reading."""
    truth, cells = spoil([[1_640_123, 640_001, 1_000_122], [487_030, 164_732, 322_298], [812_345, 412_345, 411_000]])
    table = read(cells, "data.xlsx")
    assert table.refused == ("B4", "C4", "D4")
    assert all(value.data == right for value, right in judged(table, truth))


def test_only_the_cells_that_nothing_proves_are_in_doubt():
    """The rule refuses a number from the row that does not close, and takes those of the other rows."""
    _, cells = spoil([[1_640_123, 640_001, 1_000_122], [487_030, 164_732, 322_298], [812_345, 412_345, 411_000]])
    assert doubts(read(cells, "data.xlsx")) == (set(), {"B4", "C4", "D4"})


def test_everything_divided_by_a_thousand_adds_up_and_is_not_taken():
    """Where no cell tells the scale, nothing is changed, and fractions that all look eaten are in doubt."""
    rows = [[a + b, a, b] for a, b in ((164_732, 322_298), (97_511, 45_313), (12_345, 67_891), (481_077, 12_949))]
    _, cells = spoil(rows)
    table = read(cells, "data.xlsx")
    assert table.repairs == ()
    assert doubts(table)[0] == {"B", "C", "D"}


def test_true_fractions_are_left_alone():
    """Tons with three decimals, one below 1 and one typed a thousand times too large: nothing is multiplied."""
    rows = [
        ["16.345", "12.345", "4"],
        ["1.875", "0.875", "1"],
        ["20.5", "8.25", "12.25"],
        ["4016.345", "16.345", "4000"],
    ]
    truth = [["Nama", "Total", "A", "B"], *([f"D{at}", *map(Decimal, row)] for at, row in enumerate(rows))]
    table = read(truth, "data.xlsx")
    assert (table.repairs, table.refused, doubts(table)) == ((), (), (set(), set()))


def test_a_sum_made_after_the_damage_proves_nothing():
    """A total that a formula took of damaged cells closes with them as they stand: against the damage."""
    rows = [
        [1_640_123, 640_001, 1_000_122],
        [487_030, 164_732, 322_298],
        [101_969, 101_000, 969],
        [55_120, 55_000, 120],
    ]
    _, cells = spoil(rows)
    for row in cells[3:]:
        row[1] = row[2] + row[3]
    table = read(cells, "data.xlsx")
    assert {"B4", "B5"} <= set(table.refused) or "B" in doubts(table)[0]


def test_a_pinned_style_is_obeyed():
    """Who pins how numbers are written wants no repair."""
    _, cells = spoil([[1_640_000, 640_000, 1_000_000], [487_030, 164_732, 322_298]])
    assert read(cells, "data.xlsx", number_style="en").repairs == ()


def test_one_eaten_zero_in_a_clean_file_is_found():
    """An Indonesian CSV in which one `4.000` became 4 while all other numbers kept their marks."""
    truth, _ = spoil([[1_640_000 + 1000 * at, 636_000 + 1000 * at, 1_000_000, 4000] for at in range(6)])
    cells = [[written(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in truth]
    cells[3][4] = "4"
    table = read(cells)
    assert [repair.cell.address for repair in table.repairs] == ["E4"]
    assert [value.data for value, right in judged(table, truth) if value.data != right] == []


# --- percentages ------------------------------------------------------------------------------------------------------

BUDGET = [
    [4_047_191, 1_487_030],
    [2_393_796, 2_114_821],
    [9_812_345, 1_180_007],
    [4_510_220, 487_030],
    [1_250_400, 969_000],
]


def budget(rows=BUDGET, percents=()):
    """Return a budget with the share that was spent and no sums, true and damaged; `percents` replace shares by row."""
    told = [f"{Decimal(100) * spent / planned:.2f}".replace(".", ",") for planned, spent in rows]
    told = [dict(percents).get(at, text) for at, text in enumerate(told)]
    lines = [["Program", "Anggaran", "Realisasi", "Persen"]]
    lines += [
        [f"Program {chr(65 + at)}", *map(Decimal, row), text]
        for at, (row, text) in enumerate(zip(rows, told, strict=True))
    ]
    return lines, damaged(lines, Program())


def test_a_percentage_tells_the_scale_where_nothing_adds_up():
    """487.03 and 969 are thousands, as the share of the budget says; its sentence names cells and figures."""
    truth, cells = budget()
    for name in ("data.xlsx", "data.csv"):
        table = read(cells, name)
        proofs = {repair.cell.address: (repair.became, repair.proof) for repair in table.repairs}
        assert proofs == {
            "C5": (Decimal(487_030), "D5 = C5 / B5: 10,80 % = 487.030 / 4.510.220"),
            "C6": (Decimal(969_000), "D6 = C6 / B6: 77,50 % = 969.000 / 1.250.400"),
        }
        assert table.refused == () and doubts(table) == (set(), set())
        assert [row["realisasi"].data for row in table.rows] == [row[2] for row in truth[1:]]


def test_a_clean_budget_with_percentages_is_not_touched():
    """Written in Indonesian and as typed numbers, no number is changed and none is in doubt."""
    truth, _ = budget()
    as_text = [[written(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in truth]
    for name, lines in (("data.csv", as_text), ("data.xlsx", as_text), ("data.xlsx", truth)):
        table = read(lines, name)
        assert (table.repairs, table.refused, table.proved, doubts(table)) == ((), (), (), (set(), set()))
        assert [row["realisasi"].data for row in table.rows] == [row[2] for row in truth[1:]]


def test_the_share_of_a_total_row_tells_the_scale():
    """Each district beside the total of its own column, which does not add up because districts are left out."""
    sizes = [1_487_030, 2_114_821, 1_180_007, 487_030, 612_000]
    total = Decimal(9_123_456)
    rows = [
        [f"Daerah {at}", Decimal(size), f"{100 * size / total:.2f}".replace(".", ",")] for at, size in enumerate(sizes)
    ]
    truth = [["Nama", "Penduduk", "% penduduk"], *rows, ["Jumlah", total, "100,00"]]
    table = read(damaged(truth, Program()), "data.xlsx")
    assert [repair.proof for repair in table.repairs] == [
        "C5 = B5 / B7: 5,34 % = 487.030 / 9.123.456",
        "C6 = B6 / B7: 6,71 % = 612.000 / 9.123.456",
    ]
    assert table.refused == ()


@pytest.mark.parametrize(
    ("rows", "percents"),
    [
        pytest.param(
            [*BUDGET[:3], [4_000, 3_000], [5_000, 1_000]], (), id="two readings close: both lost thousands or none"
        ),
        pytest.param(BUDGET[1:], (), id="two sure rows are too few"),
        pytest.param([*BUDGET[:1] * 3, *BUDGET[3:]], (), id="three copies of a row are one"),
        pytest.param(BUDGET, ((3, "1080"), (4, "7750")), id="percentages that lost their mark"),
        pytest.param(BUDGET, ((3, "11"), (4, "78")), id="percentages too short to tell chance"),
        pytest.param(BUDGET, ((1, "12,00"),), id="a sure row that contradicts"),
        pytest.param(BUDGET, ((3, "10,90"), (4, "77,60")), id="closing with no reading"),
    ],
)
def test_a_percentage_that_proves_nothing_changes_nothing(rows, percents):
    """The damaged numbers stay as they are in the file, in doubt."""
    truth, cells = budget(rows, percents)
    table = read(cells, "data.xlsx")
    assert table.repairs == ()
    assert "C" in doubts(table)[0]
    assert all(value.data == right for value, right in judged(table, truth) if value.cell.address[0] != "D")


@pytest.mark.parametrize("left", [4_510_220 - 487, 4_000_000])
def test_a_percentage_never_contradicts_a_sum(left):
    """A sum that closes with 487, or with no reading at all, refuses the 487.000 of the percentage."""
    lines, _ = budget([*BUDGET[:3], [4_510_220, 487_000]])
    rest = ["Sisa", *(row[1] - row[2] for row in lines[1:])]
    rest[4] = Decimal(left)
    lines = [[*row[:3], more, row[3]] for row, more in zip(lines, rest, strict=True)]
    alone = [[*row[:3], row[4]] for row in lines]
    for cells, repaired in ((alone, True), (lines, False)):
        table = read(damaged(cells, Program()), "data.xlsx")
        assert ("C5" in {repair.cell.address for repair in table.repairs}) == repaired


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 10**7)), min_size=4, max_size=9),
    st.integers(0, 2),
    st.sampled_from(["damaged", "id", "native"]),
)
def test_budgets_with_percentages_are_right_or_in_doubt(pairs, places, style):
    """Damaged at random no number is wrong, and clean ones are never changed."""
    lines = [["Program", "Anggaran", "Realisasi", "Persen"]]
    for at, pair in enumerate(pairs):
        planned, spent = max(pair), min(pair)
        told = f"{Decimal(100) * spent / planned:.{places}f}".replace(".", ",")
        lines.append([f"Program {chr(65 + at)}", Decimal(planned), Decimal(spent), told])
    if style == "id":
        cells = [[written(cell) if isinstance(cell, Decimal) else cell for cell in line] for line in lines]
    else:
        cells = damaged(lines, Program()) if style == "damaged" else lines
    table = read(cells, "data.xlsx")
    assert style == "damaged" or table.repairs == ()
    for value, right in judged(table, lines):
        if value.repair:
            assert value.data == right, (value.cell, value.raw, value.repair)


# --- at random --------------------------------------------------------------------------------------------------------


@st.composite
def tables(draw):
    """Draw a clean table that adds up: totals at either side, subtotals, columns in turns, a total row or none."""
    places = draw(st.sampled_from([0, 0, 0, 1, 2]))
    size = st.sampled_from([10**power for power in range(1, 8)])
    round_ = st.integers(0, 6).map(lambda number: Decimal(number * 1000))

    def exact(most):
        return st.integers(-most // 9 if draw(st.booleans()) else 0, most).map(lambda n: Decimal(n).scaleb(-places))

    number = st.one_of(size.flatmap(exact), size.flatmap(exact), round_)
    shape = draw(st.sampled_from(["left", "right", "none", "nested", "turns"]))
    rows = [_row(draw, number, shape, 1 if draw(st.booleans()) else 0, places) for _ in range(draw(st.integers(2, 9)))]
    width = min(map(len, rows))
    rows = [row[:width] for row in rows]
    edge = draw(st.sampled_from(["top", "bottom"] if shape == "none" else ["top", "bottom", "no"]))
    labels = [f"Daerah {chr(65 + at)}" for at in range(len(rows))]
    if edge != "no":
        total = [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]
        rows, labels = ([total, *rows], ["Jumlah", *labels]) if edge == "top" else ([*rows, total], [*labels, "Jumlah"])
    head = ["Nama", *(f"Pos {chr(65 + at)}" for at in range(width))]
    return [head, *([label, *row] for label, row in zip(labels, rows, strict=True))], places


def _row(draw, number, shape, rounded, places):
    off = Decimal(draw(st.integers(-rounded, rounded))).scaleb(-places)
    if shape == "nested":
        first, second = [draw(number) for _ in range(2)], [draw(number) for _ in range(3)]
        return [sum(first) + sum(second), sum(first) + off, *first, sum(second) - off, *second]
    if shape == "turns":
        one, two = [draw(number) for _ in range(3)], [draw(number) for _ in range(3)]
        return [cell for pair in zip(one, two, strict=True) for cell in pair] + [sum(one) + off, sum(two)]
    parts = [draw(number) for _ in range(4)]
    total = [] if shape == "none" else [sum(parts) + off]
    return total + parts if shape == "left" else parts + total


programs = st.builds(Program, st.sampled_from(".,"), st.booleans(), st.booleans())


def _survivors(cells):
    texts = [cell for row in cells[1:] for cell in row[1:] if isinstance(cell, str)]
    return [text for text in texts if sum(map(text.count, ".,")) > 1]


def _left_a_trace(cells):
    """Tell whether damage can be seen: a text kept its marks, or a number has three decimals."""
    numbers = [cell.normalize() for row in cells[1:] for cell in row[1:] if isinstance(cell, Decimal)]
    return bool(_survivors(cells)) or any(number.as_tuple().exponent <= -3 for number in numbers)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(tables(), programs, st.sampled_from(["data.csv", "data.xlsx"]))
def test_damaged_at_random_every_number_is_right_or_in_doubt(drawn, program, name):
    """Right, repaired exactly, or in doubt: there is no other outcome, also where no text kept its marks.

    What left no trace (4.000 that became 4 among small whole numbers) is the same as a clean file: it is not touched.
    """
    truth, places = drawn
    cells = damaged(truth, program, program.point, places)
    table = read(cells, name, program)
    for value, right in judged(table, truth):
        if _left_a_trace(cells) or value.repair:
            assert value.data == right, (value.cell, value.raw, value.repair)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(tables(), programs, st.sampled_from(["data.csv", "data.xlsx"]))
def test_tables_divided_alike_are_in_doubt(drawn, program, name):
    """Below a million no text keeps its marks, and everything adds up at both scales: nothing wrong is let through."""
    drawn, places = drawn
    truth = [drawn[0], *([row[0], *(cell % 10**6 for cell in row[1:])] for row in drawn[1:])]
    if not places:
        cells = damaged(truth, program, program.point)
        wrong = [value for value, right in judged(read(cells, name, program), truth) if value.data != right]
        assert not wrong or not _left_a_trace(cells)


LOST = [
    ["Nama", "Padi", "Jagung"],
    ["D1", Decimal("487.03"), Decimal("12.5")],
    ["D2", Decimal("164.732"), Decimal(4)],
    ["D3", Decimal("97.511"), Decimal(312)],
    ["D4", Decimal(4), Decimal("76.25")],
]


def test_a_column_that_may_have_lost_its_marks_says_how_to_settle_it():
    """The remark names a cell, both of its numbers and the pin; the other columns may be damaged with it."""
    table = read(LOST, "data.xlsx")
    assert doubts(table)[0] == {"B", "C"}
    remark = next(remark for remark in table.remarks if remark.code == "suspect-decimals")
    assert "164.732 in B3 may have been 164732" in remark.message
    assert 'pin decimal_columns = ["Padi"]' in remark.message
    assert doubts(read(LOST, "data.xlsx", decimal_columns=("padi",))) == (set(), set())
    assert doubts(read(LOST, "data.xlsx", number_style="en")) == (set(), set())


def test_a_column_is_pinned_on_the_command_line(tmp_path):
    """What the remark asks for can be tried with one option; a misspelt column is told."""
    path = tmp_path / "panen.xlsx"
    path.write_bytes(as_xlsx(LOST))
    assert "may be thousands" in CliRunner().invoke(main, ["read", str(path)]).output
    assert "may be thousands" not in CliRunner().invoke(main, ["read", str(path), "--decimal-column", "Padi"]).output
    assert "did you mean" in CliRunner().invoke(main, ["read", str(path), "--decimal-column", "Pado"]).output.lower()


@pytest.mark.parametrize(
    ("name", "more", "doubted"),
    [
        pytest.param("Padi", ["0.487"], set(), id="a number below 1"),
        pytest.param("Padi", ["1043.5"], set(), id="a fraction above 1,000"),
        pytest.param("Padi", ["1043"], {"B"}, id="a whole number above 1,000 tells nothing"),
        pytest.param("Padi", ["12.3456789"], set(), id="many digits"),
        pytest.param("Padi", ["12.4", "3.5", "6.5", "7.8", "9.1", "2.2", "8.3"], set(), id="mostly one decimal"),
        pytest.param("Indeks harga", [], set(), id="an index"),
        pytest.param("Persentase penduduk", [], set(), id="a share"),
        pytest.param("Laju pertumbuhan", [], set(), id="a rate"),
    ],
)
def test_what_shows_that_decimals_are_real(name, more, doubted):
    """No column is doubted whose name, or a number in it, cannot be that of thousands without their marks."""
    rows = [*["164.732", "97.511", "12.25"], *more]
    cells = [["Nama", name], *([f"D{at}", Decimal(text)] for at, text in enumerate(rows))]
    assert doubts(read(cells, "data.xlsx"))[0] == doubted


def test_a_total_made_after_the_damage_acquits_nothing():
    """1651.262 is no number that lost marks, but a sum of such."""
    rows = [*(row[:2] for row in LOST[:3]), ["D9", Decimal("999.5")], ["Jumlah", Decimal("1651.262")]]
    assert doubts(read(rows, "data.xlsx"))[0] == {"B"}


def test_real_decimals_beside_acquit_all_but_a_column_that_was_pasted():
    """A share of 0,55 shows that the file was not opened wrongly; a column with three decimals may be pasted in."""
    beside = ["Luas", *map(Decimal, ("0.55", "1.25", "3.5", "2"))]
    cells = [[*row, more] for row, more in zip(LOST, beside, strict=True)]
    assert doubts(read(cells, "data.xlsx"))[0] == {"B"}


@pytest.mark.parametrize(("form", "doubted"), [("#,##0.000", set()), ("0.00", set()), ("0.000", {"B"}), ("0", {"B"})])
def test_a_number_format_with_decimals_shows_that_they_are_real(form, doubted):
    """Three decimals alone may have been asked for so that lost thousands look right again: they prove nothing."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": form})
        for row, cells in enumerate(LOST):
            for column, cell in enumerate(cells[:2]):
                sheet.write(row, column, float(cell) if isinstance(cell, Decimal) else cell, shown if row else None)
    assert doubts(read_table("data.xlsx", data=out.getvalue()))[0] == doubted


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not at hand")
def test_no_clean_file_of_an_office_is_doubted():
    """The guard against crying wolf."""
    for path in sorted(REAL.parents[1].rglob("*.csv")):
        assert doubts(read_table(path)) == (set(), set()), path.name


@settings(max_examples=100, deadline=None, derandomize=True)
@given(tables(), st.sampled_from(["id", "en", "native"]))
def test_clean_tables_are_never_changed(drawn, style):
    """As workbooks, and written in either style: every number that is not in doubt is right, and none was changed.

    Where no text tells the style (only `1.718` and `767`), sums may prove it; what they prove is right as well.
    """
    truth, places = drawn
    told = True
    if style == "native":
        table = read(truth, "data.xlsx")
    else:
        group = "." if style == "id" else ","
        cells = [[written(c, group, places) if isinstance(c, Decimal) else c for c in row] for row in truth]
        table = read(cells, "data.csv", Program("," if style == "id" else "."))
        told = bool(_survivors(cells))
    assert table.repairs == () or not told
    assert all(value.data == right for value, right in judged(table, truth))


# --- on the command line ----------------------------------------------------------------------------------------------


def test_the_command_shows_every_repair():
    """The summary counts; --repairs lists cell, text, number and proof; JSON holds the same."""
    path = str(SAMPLES / "damaged" / "penduduk.xlsx")
    assert "15 rows proved, 44 cells repaired, 0 refused" in CliRunner().invoke(main, ["read", path]).output
    shown = CliRunner().invoke(main, ["read", path, "--repairs"]).output
    assert "15 rows proved, 44 cells repaired, 0 refused" in shown and "D3 = B3+C3" in shown
    told = json.loads(CliRunner().invoke(main, ["read", path, "--repairs", "--format", "json"]).output)
    assert len(told["repairs"]) == 44 and len(told["proved_rows"]) == 15
    assert told["repairs"][0].keys() == {"cell", "raw", "was", "became", "proof"}
    clean = str(SAMPLES / "damaged" / "penduduk.xlsx.truth.csv")
    assert "no damaged numbers were found" in CliRunner().invoke(main, ["read", clean, "--repairs"]).output
