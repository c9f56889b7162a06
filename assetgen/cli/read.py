"""`assetgen read`: show what was understood of a data file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assetgen.model import Table

EPILOG = """
\b
Examples:
  assetgen read apbd.xlsx
  assetgen read apbd.xlsx#2026 --rows 20
  assetgen read apbd.xlsx --repairs
  assetgen read upah.csv --number-style id --format json
  cat feed.json | assetgen read -
"""


@click.command(epilog=EPILOG)
@click.argument("data")
@click.option("--rows", default=5, show_default=True, type=click.IntRange(0), help="Rows to show.")
@click.option("--repairs", is_flag=True, help="Show each number that was put right, with its proof, and nothing else.")
@click.option("--all-sheets", is_flag=True, help="Show every sheet, not only the first with a table.")
@click.option(
    "--number-style", type=click.Choice(["id", "en"]), help="Pin how numbers are written: 1.234,5 or 1,234.5."
)
@click.option("--header-row", type=click.IntRange(1), help="Pin the first header row, counted from 1.")
@click.option("--header-rows", type=click.IntRange(1, 10), help="Pin how many header rows there are.")
@click.option("--scale", type=click.IntRange(1), help="Pin what amounts are multiplied by; 1 leaves them as written.")
@click.option("--decimal-column", "decimals", multiple=True, help="Say that the decimals of a column are real; repeat.")
@click.option("--encoding", default="", help="Pin the encoding of a text file.")
@click.option("--delimiter", default="", help="Pin the delimiter of a CSV file.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the result is printed."
)
def command(
    data: str,
    rows: int,
    repairs: bool,
    all_sheets: bool,
    decimals: tuple[str, ...],
    delimiter: str,
    form: str,
    **pinned: Any,
) -> None:
    """Show what is understood of DATA: a CSV, Excel, ODS, JSON or Parquet file, file#sheet, or - for standard input."""
    from assetgen.read import ReadOptions, read_table, read_tables, split_reference

    options = ReadOptions(decimal_columns=decimals, delimiter=delimiter.replace("\\t", "\t"), **pinned)
    file, sheet = split_reference(data)
    given = sys.stdin.buffer.read() if file == "-" else None
    source = file if file == "-" else Path(file)
    tables = (
        read_tables(source, options=options, data=given)
        if all_sheets
        else (read_table(source, sheet, options, data=given),)
    )
    if form == "json":
        shown = _as_dicts(tables, repairs)
        click.echo(json.dumps(shown if all_sheets else shown[0], ensure_ascii=False, indent=2))
        return
    for table in tables:
        if repairs:
            _print_repairs(table)
        else:
            _print(table, rows)


def _as_dicts(tables: Iterable[Table], repairs: bool) -> list[dict[str, Any]]:
    """Return tables for JSON: whole, or only what was put right in them."""
    from assetgen.read import table_as_dict

    shown = [table_as_dict(table) for table in tables]
    kept = ("file", "sheet", "repairs", "proved_rows", "refused_cells")
    return [{key: one[key] for key in kept} for one in shown] if repairs else shown


def _print_repairs(table: Table) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    from assetgen.locale import format_number
    from assetgen.read import repairs_in_words

    console = Console(highlight=False)
    summary = repairs_in_words(table)
    console.print(Text(f"{table.file}{f', sheet {table.sheet}' if table.sheet else ''}: ", "bold"), end="")
    console.print(Text(summary or "no damaged numbers were found"))
    if table.repairs:
        grid = Grid("Cell", "In the file", "It would be", "It is", "Because", box=SIMPLE)
        proof = ""
        for one in table.repairs:
            was = format_number(one.was, "id") if one.was is not None else "no number"
            same, proof = one.proof == proof, one.proof
            texts = (one.raw.strip(), was, format_number(one.became, "id"), "as above" if same else proof)
            grid.add_row(one.cell.address, *map(Text, texts))
        console.print(grid)
    if table.refused:
        console.print(Text("\nNot proved: correct these in the file before publishing", "bold yellow"))
        console.print(Text(f"  {', '.join(table.refused)}"))


def _print(table: Table, rows: int) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as Grid
    from rich.text import Text

    from assetgen.read import describe_table

    console = Console(highlight=False)
    described = describe_table(table)
    for label, text in described.facts:
        console.print(Text.assemble((f"{label}: ", "bold"), text))
    grid = Grid("", "Column", "In expressions", "Kind", "Unit", "Examples", "Missing", box=SIMPLE)
    for column in described.columns:
        cells = (column.name, column.key, column.kind, column.unit, column.examples, str(column.missing or ""))
        grid.add_row(column.letter, *map(Text, cells))
    console.print(grid)
    if rows and table.rows:
        deep = any(row.place.level > 1 for row in table.rows)
        names = [escape(column.name) for column in table.columns]
        sample = Grid("row", *(["level"] if deep else []), *names, box=SIMPLE)
        for row in table.rows[:rows]:
            level = [str(row.place.level)] if deep else []
            sample.add_row(str(row.number), *level, *(Text(row[column.key].raw) for column in table.columns))
        console.print(sample)
        console.print(f"{min(rows, len(table.rows))} of {len(table.rows)} rows")
    for heading, lines, style in (
        ("Totals, kept apart", described.totals, "bold"),
        ("Notes", described.notes, "bold"),
        ("Marks that must be shown with their figures", described.marks, "bold"),
        ("Look at this", described.warnings, "bold yellow"),
        ("Decided", described.remarks, "bold"),
    ):
        if lines:
            console.print(Text(f"\n{heading}", style))
        for line in lines:
            console.print(Text(f"  {line}"))
