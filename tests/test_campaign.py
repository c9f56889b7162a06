"""Campaigns: every mistake of the file at once; rows, groups and tables become records; a broken row stops nothing."""

from decimal import Decimal

import pytest

from assetgen.batch import plan, read_data
from assetgen.campaign import Campaign, select_rows
from assetgen.errors import CampaignError, DataError, UsageError
from assetgen.parts import built_in
from assetgen.read import table_from
from assetgen.template import Templates

ROWS = [
    {"provinsi": "Jawa", "kota": "A", "jiwa": 30, "language": "x"},
    {"provinsi": "Bali", "kota": "B", "jiwa": 10, "language": "x"},
    {"provinsi": "Jawa", "kota": "C", "jiwa": None, "language": "x"},
    {"provinsi": "Bali", "kota": "D", "jiwa": 20, "language": "x"},
]


def problems(folder):
    with pytest.raises(CampaignError) as caught:
        Campaign.load(folder)
    return [str(one).replace(f"{folder}/", "") for one in caught.value.problems]


def given_of(campaign, language="id"):
    from assetgen.campaign import records_of

    tables = read_data(campaign)
    templates = Templates((campaign.folder,), built_in("layouts") / "_kit")
    spec = campaign.make[0]
    return list(records_of(campaign, 0, tables[spec.source] if spec.source else None, templates, language))


def test_every_mistake_of_a_campaign_is_told_at_once(new_campaign):
    """Brand, placement, data, layout's field: each with its line and the nearest name."""
    folder = new_campaign(
        ('brand = "lentera"', 'brand = "lentra"'),
        ('"x/post"', '"x/pots"'),
        ("data/angka.csv", "data/angk.csv"),
        ('from = "angka"', 'from = "anka"'),
        ("title =", "titel ="),
    )
    assert problems(folder) == [
        "campaign.toml:2: there is no brand 'lentra' (did you mean 'lentera'?)",
        "campaign.toml:3: there is no placement 'x/pots' (did you mean 'x/post'?)",
        "campaign.toml:6: there is no file 'data/angk.csv' (did you mean 'angka.csv'?)",
        "campaign.toml:10: there is no data 'anka' (did you mean 'angka'?)",
        "campaign.toml:14: the layout 'kartu' has no field 'titel' (did you mean 'title'?)",
    ]


def test_unknown_keys_and_wrong_values_are_told(new_campaign):
    """Keys of a [[make]] and the words that `each` takes."""
    folder = new_campaign(('slug = "', 'each = "rows"\nwher = "x"\nslug = "'))
    assert problems(folder) == [
        "campaign.toml:11: 'make.1.each': takes 'row', 'all', 'group: COLUMN' or 'rows: NUMBER', got 'rows'",
        "campaign.toml:12: 'make.1.wher' is not known here (did you mean 'where'?)",
    ]


def test_an_unknown_language_is_told(new_campaign):
    """A code that no language has."""
    folder = new_campaign(("placements =", 'languages = ["id", "zz"]\nplacements ='))
    assert problems(folder) == ["campaign.toml:3: there is no language 'zz' (write its code, such as id, en or jv)"]


def test_an_unknown_layout_is_told_once(new_campaign):
    """Its fields are not complained about."""
    folder = new_campaign(('layout = "kartu"', 'layout = "kart"'))
    assert problems(folder) == ["campaign.toml:9: there is no layout 'kart' (did you mean 'kartu'?)"]


def test_each_row_is_a_record_with_cells(new_campaign):
    """Fields, slug and place of every row; an exact expression keeps its Value."""
    given = given_of(Campaign.load(new_campaign()))
    assert [(one.slug, one.row) for one in given] == [("Lentera", 2), ("Suluh", 3)]
    value = given[0].fields["value"]
    assert (value.data, str(value.cell)) == (Decimal("8.42"), "angka.csv!C2")
    assert given[0].fields["title"] == "Kemiskinan Lentera"
    assert 'data-cell="angka.csv!B2"' in given[0].fields["source"]


def test_each_all_and_each_group(new_campaign):
    """`all` gives one record with every row, `group` one for each value of a column, in order of appearance."""
    data = "wilayah,tahun,persen\nJawa,2025,1.5\nBali,2025,2.5\nJawa,2026,3.5\n"
    every = given_of(
        Campaign.load(
            new_campaign(
                ('slug = "{{ wilayah }}"', 'each = "all"'),
                ('"Kemiskinan {{ wilayah }}"', '"{{ rows | length }} dari {{ count }}"'),
                ('"{{ persen }}"', "\"{{ rows | total('persen') }}\""),
                ('"BPS {{ tahun }}"', '"BPS"'),
                data=data,
            )
        )
    )
    assert [(one.slug, one.row) for one in every] == [("kartu", None)]
    assert every[0].fields["title"].striptags() == "3 dari 3"
    assert 'data-cell="angka.csv!COUNT(A2:A4)"' in every[0].fields["title"]
    assert (every[0].fields["value"].data, every[0].fields["value"].cell.address) == (Decimal("7.5"), "SUM(C2:C4)")
    grouped = given_of(
        Campaign.load(
            new_campaign(
                ('slug = "', 'each = "group: wilayah"\nslug = "'),
                ('"{{ persen }}"', "\"{{ rows | total('persen') }}\""),
                data=data,
                name="dua",
            )
        )
    )
    assert [(one.slug, one.fields["value"].data) for one in grouped] == [("Jawa", 5), ("Bali", Decimal("2.5"))]


def test_where_sort_and_limit_choose_rows():
    """SQL for the condition; missing values come last; equal rows keep their order."""
    table = table_from(ROWS)
    assert [row["kota"] for row in select_rows(table, "jiwa >= 20", "jiwa desc")] == ["A", "D"]
    assert [row["kota"] for row in select_rows(table, None, "jiwa")] == ["B", "D", "A", "C"]
    assert [row["kota"] for row in select_rows(table, None, "provinsi, jiwa desc")] == ["D", "B", "A", "C"]
    assert [row["kota"] for row in select_rows(table, "provinsi = 'Bali' and jiwa < 15", None)] == ["B"]
    assert [row["kota"] for row in select_rows(table, "jiwa is null", None)] == ["C"]
    assert [row["kota"] for row in select_rows(table, "jiwa > avg(jiwa)", None)] == ["A"]
    assert [row["kota"] for row in select_rows(table, "upper(kota) in ('B', 'lpad(x)')", None)] == ["B"]


@pytest.mark.parametrize(
    ("where", "sort", "message"),
    [
        ("jiw > 3", None, "did you mean 'jiwa'?"),
        ("jiwa >", None, "the condition 'jiwa >' is not valid"),
        ("jiwa + 1", None, "is not true or false for each row"),
        (None, "jiw desc", "cannot sort by 'jiw': there is no such column (did you mean 'jiwa'?)"),
        (None, "jiwa down", "the order 'jiwa down' is not understood"),
        ("drop table x", None, "is not valid"),
        ("(select 1)", None, "condition"),
        ("read_csv('/etc/passwd') is null", None, "a condition cannot use 'read_csv(…)'"),
        ("lpad(kota, 9000000000, 'x') = 'y'", None, "a condition cannot use 'lpad(…)'"),
        ("uper(kota) = 'A'", None, "a condition cannot use 'uper(…)' (did you mean 'upper'?)"),
        ("(" * 3000 + "jiwa = 1" + ")" * 3000, None, "is too long: at most 2,000 characters and 40 brackets"),
        (" and ".join(["jiwa = 1"] * 2000), None, "is too long"),
        ("", None, "is not valid"),
    ],
)
def test_conditions_that_are_not_valid_are_named(where, sort, message):
    """What is wrong, and the nearest column."""
    with pytest.raises(DataError) as caught:
        select_rows(table_from(ROWS), where, sort)
    assert message in str(caught.value)


def test_a_group_by_an_unknown_column_and_no_rows_are_errors(new_campaign):
    """The build stops before anything is made."""
    folder = new_campaign(('slug = "', 'each = "group: wilaya"\nslug = "'))
    with pytest.raises(DataError, match=r"cannot group by 'wilaya'.*did you mean 'wilayah'"):
        given_of(Campaign.load(folder))
    folder = new_campaign(('slug = "', 'where = "persen > 99"\nslug = "'), name="dua")
    with pytest.raises(DataError, match=r"gives no rows .*the condition 'persen > 99' holds for none of its 2"):
        given_of(Campaign.load(folder))


def test_fields_by_language(new_campaign):
    """A table of languages gives the text of the language; one that is not translated is Indonesian."""
    folder = new_campaign(
        ('"Kemiskinan {{ wilayah }}"', '{ id = "Miskin {{ wilayah }}", en = "Poor {{ wilayah }}" }'),
        ('"BPS {{ tahun }}"', '{ id = "BPS" }'),
    )
    campaign = Campaign.load(folder)
    assert [given_of(campaign, one)[0].fields["title"] for one in ("id", "en")] == ["Miskin Lentera", "Poor Lentera"]
    assert given_of(campaign, "en")[0].fields["source"] == "BPS"


def test_a_column_cannot_hide_what_expressions_count_on(new_campaign):
    """A column named `language` or `brand` is reached through `row`; the names of the campaign stay."""
    folder = new_campaign(
        ('"Kemiskinan {{ wilayah }}"', '"{{ language }} {{ row.language }} {{ persen | number(1) }}"'),
        data="wilayah,tahun,persen,language\nLentera,2026,8.42,Jawa\nSuluh,2026,9.1,Bali\n",
    )
    given = given_of(Campaign.load(folder))
    assert given[0].error is None
    assert given[0].fields["title"].startswith("id Jawa ")


def test_a_broken_row_is_yielded_with_all_its_problems(new_campaign):
    """A row whose expressions fail tells every failing field, with the line in the file; the others go on."""
    folder = new_campaign(
        ('"{{ persen }}"', '"{{ 100 / persen }}"'),
        ('"BPS {{ tahun }}"', '"{{ tahun / (persen * 1) }}"'),
        data="wilayah,tahun,persen\nLentera,2026,0\nSuluh,2026,10\n",
    )
    campaign = Campaign.load(folder)
    first, second = given_of(campaign)
    assert [str(one).replace(f"{folder}/", "") for one in first.error.problems] == [
        "campaign.toml:15: field 'value': a number is divided by zero",
        "campaign.toml:16: field 'source': a number is divided by zero",
    ]
    assert (first.slug, first.row, second.error) == ("Lentera", 2, None)
    todo = plan(campaign, read_data(campaign))
    assert [job.slug for job in todo.jobs] == ["suluh", "suluh"]
    assert len(todo.failures) == 1


def test_a_missing_cell_is_an_error_of_its_row_only(new_campaign):
    """An empty cell never becomes 0 or an empty place in a sentence."""
    folder = new_campaign(
        ('"Kemiskinan {{ wilayah }}"', '"{{ persen }} persen di {{ wilayah }}"'),
        data="wilayah,tahun,persen\nLentera,2026,\nSuluh,2026,9.1\nDamar,2026,7.1\n",
    )
    first, *others = given_of(Campaign.load(folder))
    assert "field 'title': the value of angka.csv!C2 is missing" in str(first.error)
    assert [one.error for one in others] == [None, None]


def test_only_names_slugs_that_exist(new_campaign):
    """`only` keeps the jobs of a slug; an unknown one names the nearest."""
    campaign = Campaign.load(new_campaign())
    tables = read_data(campaign)
    assert [job.slug for job in plan(campaign, tables, ("suluh",)).jobs] == ["suluh", "suluh"]
    with pytest.raises(UsageError) as caught:
        plan(campaign, tables, ("sulu",))
    assert str(caught.value) == "no asset has the slug 'sulu' (did you mean 'suluh'?)"


def test_rows_of_the_same_name_get_folders_of_their_own(new_campaign):
    """Two records never overwrite each other."""
    folder = new_campaign(data="wilayah,tahun,persen\nLentera,2026,1\nLENTERA,2026,2\nlentera!,2026,3\n")
    campaign = Campaign.load(folder)
    jobs = plan(campaign, read_data(campaign)).jobs
    assert list(dict.fromkeys(job.slug for job in jobs)) == ["lentera", "lentera-2", "lentera-3"]


def test_the_number_of_records_counts_like_a_number(new_campaign):
    """`count` slices, compares and indexes, and carries what was counted."""
    campaign = Campaign.load(
        new_campaign(
            ('slug = "{{ wilayah }}"', 'each = "all"'),
            (
                '"Kemiskinan {{ wilayah }}"',
                "\"{{ rows[:count] | length }} {{ 'ya' if count == 2 }} {{ 'abc'[count] }}\"",
            ),
            ('"{{ persen }}"', '"{{ count }}"'),
            ('"BPS {{ tahun }}"', '"BPS"'),
        )
    )
    fields = given_of(campaign)[0].fields
    assert fields["title"] == "2 ya c"
    assert str(fields["value"].cell) == "angka.csv!COUNT(A2:A3)"


@pytest.mark.parametrize(("most", "expected"), [(1, [1, 1]), (2, [2]), (5, [2])])
def test_a_long_list_makes_several_records(new_campaign, most, expected):
    """`rows: N` parts the rows in order into records of at most N, as even as can be."""
    campaign = Campaign.load(
        new_campaign(
            ('slug = "{{ wilayah }}"', f'slug = "bagian-{{{{ number }}}}"\neach = "rows: {most}"'),
            ('"Kemiskinan {{ wilayah }}"', '"{{ rows | length }} dari {{ count }}"'),
            ('"{{ persen }}"', '"{{ rows[0].persen }}"'),
            ('"BPS {{ tahun }}"', '"BPS"'),
        )
    )
    records = given_of(campaign)
    assert [one.slug for one in records] == [f"bagian-{number}" for number in range(1, len(expected) + 1)]
    assert [str(one.fields["title"]) for one in records] == [f"{rows} dari {len(expected)}" for rows in expected]
