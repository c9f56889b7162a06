"""Regions: names as tables write them are found, or told with the nearest; nothing is guessed."""

import csv
import string
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen.errors import FieldError
from assetgen.fields import FieldContext, fill
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Cell, Value
from assetgen.read import read_table
from assetgen.regions import Gazetteer, join, match, provinces, read_name
from assetgen.regions.gazetteer import MARGIN, ONE_SLIP, slips

PROVINCES = provinces()
NAMES = [region.name for region in PROVINCES.regions]
OLD_NAMES = [name for name in NAMES if next(r for r in PROVINCES.regions if r.name == name).since < 2022]
DATA = next((up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir()), None)
needs_data = pytest.mark.skipif(DATA is None, reason="the research data is not beside the project")
KEYS = sorted({(read_name(text, PROVINCES.words).key, region.name) for region in PROVINCES.regions for text in
               (region.name, region.english, region.short, *region.aliases)})  # fmt: skip


def named(label, among=None):
    found = match(label, among).region
    return found and found.name


def test_the_list_has_every_province_once():
    """There are 38 provinces; names, codes and ISO codes are each given once, and splits name a province."""
    assert len(NAMES) == 38
    for attribute in ("name", "english", "kemendagri", "bps", "iso", "short"):
        values = [getattr(region, attribute) for region in PROVINCES.regions]
        assert all(values), attribute
        assert len(set(values)) == 38, attribute
    assert {region.split_from for region in PROVINCES.regions} - {""} <= set(NAMES)
    differing = [region.name for region in PROVINCES.regions if region.kemendagri != region.bps]
    assert differing == [name for name in NAMES if name.startswith("Papua")]


def test_no_name_means_two_provinces():
    """No alias of one province is a name of another."""
    assert len({key for key, _ in KEYS}) == len(KEYS)


VARIANTS = [
    ("Kep. Banka Belitung", "Kepulauan Bangka Belitung"),
    ("Kep. Bangka Belitung", "Kepulauan Bangka Belitung"),
    ("Bangka Belitung", "Kepulauan Bangka Belitung"),
    ("babel", "Kepulauan Bangka Belitung"),
    ("14.  DI Yogyakarta", "DI Yogyakarta"),
    ("Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
    ("Prop. DI Jogjakarta", "DI Yogyakarta"),
    ("D.I. Yogyakarta", "DI Yogyakarta"),
    ("D.I.Yogyakarta", "DI Yogyakarta"),
    ("D I Y", "DI Yogyakarta"),
    ("Yogyakarta", "DI Yogyakarta"),
    ("02.  Sumatra Utara", "Sumatera Utara"),
    ("North Sumatera", "Sumatera Utara"),
    ("North Sumatra Province", "Sumatera Utara"),
    ("SUMUT", "Sumatera Utara"),
    ("NTT", "Nusa Tenggara Timur"),
    ("N.T.T.", "Nusa Tenggara Timur"),
    ("East Nusa Tenggara", "Nusa Tenggara Timur"),
    ("Prop. Jawa Timur", "Jawa Timur"),
    ("Provinsi  Jawa   Timur", "Jawa Timur"),
    ("PROVINSI JAWA TIMUR", "Jawa Timur"),
    ("Propinsi Daerah Tingkat I Jawa Timur", "Jawa Timur"),
    ("Pemerintah Provinsi Jawa Timur", "Jawa Timur"),
    ("Pemprov Jatim", "Jawa Timur"),
    ("JAWATIMUR", "Jawa Timur"),
    ("35 - Jawa Timur", "Jawa Timur"),
    ("Jawa Timur 1)", "Jawa Timur"),
    ("Jawa Timur*)", "Jawa Timur"),
    ("Papua\u00b2", "Papua"),
    ("Prop. Nanggroe Aceh Darussalam", "Aceh"),
    ("DKI Jakarta", "DKI Jakarta"),
    ("Daerah Khusus Ibukota Jakarta", "DKI Jakarta"),
    ("Daerah Khusus Jakarta", "DKI Jakarta"),
    ("Jakarta", "DKI Jakarta"),
    ("Riau Islands", "Kepulauan Riau"),
    ("Kepri", "Kepulauan Riau"),
    ("Papua Barat Oaya", "Papua Barat Daya"),
    ("Southwest Papua", "Papua Barat Daya"),
    ("Irian Jaya Barat", "Papua Barat"),
    ("ID-PE", "Papua Pegunungan"),
]


@pytest.mark.parametrize(("label", "name"), VARIANTS)
def test_a_variant_is_found(label, name):
    """Numbering, points, capitals, spaces, short and English names, old names and small slips do not matter."""
    assert named(label) == name


REFUSED = [
    "Kab. Gorontalo", "Kota Bengkulu", "Kota Yogyakarta", "Bangka", "Belitung", "Jawa", "Kalimantan", "Sulawesi",
    "Indonesia", "Jumlah", "N/A", "", "Papua Nugini", "Timor Timur", "Lampung Barat", "Jakarta Utara", "Bengkulu Utara",
    "Maluku Tengah", "Malaku", "Sulawesi Tengara", "Nouth Sumatera",
]  # fmt: skip


@pytest.mark.parametrize("label", REFUSED)
def test_what_is_no_province_is_refused(label):
    """Regencies, islands, totals and slips that could mean two provinces are no province."""
    assert named(label) is None


def test_a_code_alone_is_told_and_not_trusted():
    """Code 91 is Papua for Kemendagri and Papua Barat for BPS, so it names nothing."""
    found = match("91")
    assert found.region is None
    assert "Papua for Kemendagri and Papua Barat for BPS" in found.remark


def one_slip(word):
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in string.ascii_lowercase)
        if at < len(word):
            yield word[:at] + word[at + 1 :]
            yield from (word[:at] + letter + word[at + 1 :] for letter in string.ascii_lowercase)
        if at < len(word) - 1:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def test_names_of_different_provinces_are_apart():
    """The proof of the margin: a slip is accepted only from 8 letters, and no two such names are one slip apart."""
    long = [(key, name) for key, name in KEYS if len(key) >= ONE_SLIP]
    nearest = min(slips(a, b) for (a, one), (b, other) in combinations(long, 2) if one != other)
    assert nearest >= MARGIN


@pytest.mark.parametrize("name", ["Kepulauan Bangka Belitung", "Sulawesi Tengah", "Papua Barat", "Papua", "Riau"])
def test_no_single_slip_leads_to_another_province(name):
    """Every single slip in a name gives its own province or none."""
    key = read_name(name, PROVINCES.words).key
    assert {named(word) for word in set(one_slip(key))} <= {name, None}


@given(st.sampled_from(KEYS), st.data())
def test_a_slip_in_any_alias_never_leads_to_another_province(entry, data):
    """One slip in any name of at least 8 letters gives its own province or none."""
    key, name = entry
    word = data.draw(st.sampled_from(sorted(set(one_slip(key)))))
    assert len(key) < ONE_SLIP or named(word) in {name, None}


def test_slips_counts_swaps_as_one():
    """Left out, added, changed and swapped letters count one each."""
    assert [slips("jawa", word) for word in ("jawa", "jaw", "jjawa", "jawi", "ajwa", "bali")] == [0, 1, 1, 1, 1, 3]


def rows(names, value=1):
    return [{"label": name, "value": value} for name in names]


def test_a_whole_list_joins():
    """38 of 38, with no problem and no remark."""
    joined = join(rows(NAMES), "label")
    assert (len(joined.rows), joined.problems(), joined.remarks, joined.stale) == (38, [], (), False)


def test_every_misfit_is_told():
    """Names that fit nothing come with the nearest, doubles with both labels, absent ones by name."""
    labels = ["Jawa Barat", "Prov. Jawa Barat", "Malaku", "N/A", "91"]
    joined = join(rows(labels), "label")
    assert [found.label for found in joined.unmatched] == ["Malaku", "N/A", "91"]
    told = joined.problems()
    assert told[0] == "'Malaku' names no region (nearest: Maluku, Maluku Utara)"
    assert told[1] == "'N/A' names no region (no name is near)"
    assert told[3] == "Jawa Barat is there 2 times: Jawa Barat, Prov. Jawa Barat"
    assert told[4].startswith("1 of 38 regions are there; absent: Aceh, Sumatera Utara")
    assert len(joined.absent) == 37


def test_an_older_list_is_told_as_stale():
    """34 provinces on today's map: 'Papua' means the area before 2022, and that is said, not painted."""
    joined = join(rows(OLD_NAMES), "label")
    covers = {parent.name: [child.name for child in children] for parent, children in joined.covers.items()}
    assert covers == {
        "Papua": ["Papua Selatan", "Papua Tengah", "Papua Pegunungan"],
        "Papua Barat": ["Papua Barat Daya"],
    }
    for partial in (False, True):
        assert "the list of 34 is older than the 38 regions of today: 'Papua' is the area before 2022" in "".join(
            joined.problems(partial=partial)
        )
    assert joined.problems(edition=34) == []
    assert join(rows(OLD_NAMES[1:]), "label").problems(edition=34) == ["33 of 34 regions of the older list are there"]
    assert "Papua stands for its area before 2022" in joined.remarks


def test_a_list_of_before_several_splits_is_followed():
    """33 provinces of 2007: Kalimantan Timur covers Kalimantan Utara too."""
    before = [name for name in OLD_NAMES if name != "Kalimantan Utara"]
    joined = join(rows(before), "label")
    assert {parent.name for parent in joined.covers} == {"Papua", "Papua Barat", "Kalimantan Timur"}
    before = [name for name in before if name not in ("Papua Barat", "Sulawesi Barat")]
    covers = {
        parent.name: [c.name for c in children] for parent, children in join(rows(before), "label").covers.items()
    }
    assert set(covers["Papua"]) == {name for name in NAMES if name.startswith("Papua ")}


def test_a_new_province_without_a_row_is_absent():
    """37 of 38: where others of 2022 are there, the list is new, and the missing one is missing."""
    joined = join(rows([name for name in NAMES if name != "Papua Barat Daya"]), "label")
    assert (joined.stale, [region.name for region in joined.absent]) == (False, ["Papua Barat Daya"])


def test_a_short_list_is_a_choice():
    """Five provinces with Papua among them are no old list."""
    joined = join(rows(["Papua", "Bali", "Aceh", "Riau", "Banten"]), "label")
    assert (joined.stale, joined.problems(partial=True)) == (False, [])


def test_codes_are_compared_and_never_decide():
    """A code that repeats or belongs to another province is told; the name decides."""
    table = [{"label": "Papua", "code": "91"}, {"label": "Papua Tengah", "code": "91"}, {"label": "Bali", "code": "15"}]
    joined = join(table, "label", code="code")
    assert {region.name for region in joined.rows} == {"Papua", "Papua Tengah", "Bali"}
    assert joined.remarks == (
        "code 91 stands for 2 rows",
        "Papua Tengah has code 94 or 96, the table says 91",
        "Bali has code 51, the table says 15",
    )


KINDS = Gazetteer.of(["Kab. Malang", "Kota Malang", "Kab. Kotabaru", "Pacitan", "Kota Batu"], PROVINCES.words)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Kabupaten Malang", "Kab. Malang"),
        ("KOTA MALANG", "Kota Malang"),
        ("Malang Regency", "Kab. Malang"),
        ("35.73 Kota Malang", "Kota Malang"),
        ("Malang", None),
        ("Kota Baru", "Kab. Kotabaru"),
        ("Kab. Pacitan", "Pacitan"),
        ("Kota Pacitan", None),
        ("Batu", "Kota Batu"),
        ("Kab. Batu", None),
    ],
)
def test_a_regency_is_not_the_city_of_its_name(label, name):
    """`Kab. Malang` is not `Kota Malang`; `Malang` alone can be both and is told."""
    assert named(label, KINDS) == name


def test_malang_alone_is_told_as_ambiguous():
    """What could be two regions comes back with both names."""
    found = match("Malang", KINDS)
    assert (found.how, found.nearest) == ("ambiguous", ("Kab. Malang", "Kota Malang"))
    assert join(rows(["Malang"]), "label", KINDS).problems(partial=True) == [
        "'Malang' can be Kab. Malang or Kota Malang"
    ]


def test_a_bare_name_beside_its_city_is_the_regency():
    """Statistics write `Malang` and `Kota Malang`: beside the city's row the bare name is the regency, and said."""
    joined = join(rows(["Malang", "Kota Malang"]), "label", KINDS)
    assert [found.region.name for found in joined.matches] == ["Kab. Malang", "Kota Malang"]
    assert joined.remarks == ("'Malang' was read as Kab. Malang, since the city has its own row",)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    """Any text is a name or no name; a name that is found is one of the list."""
    found = match(text)
    assert found.region is None or found.region in PROVINCES.regions


# --- in layouts -----------------------------------------------------------------------------------------------------

COLUMNS = {"label": FieldSpec(required=True), "value": FieldSpec(type="number")}
ITEMS = FieldSpec(type="rows", columns=COLUMNS, regions="provinces")


def filled(given, tmp_path, language="id"):
    layout = Layout(title="L", description="D", shapes=("square",), fields={"items": ITEMS}, alt={"id": ""})
    return fill(layout, {"items": given}, FieldContext(language, tmp_path))["items"]


def cells(names):
    return [
        {"label": Value(name, name, cell=Cell("a.csv", None, f"A{number}")), "value": number}
        for number, name in enumerate(names, 2)
    ]


def test_a_layout_gets_one_spelling(tmp_path):
    """Rows of provinces come with their names in one spelling, in the language of the asset."""
    given = cells([name.upper() for name in NAMES])
    assert [str(row["label"]).replace("\u00a0", " ") for row in filled(given, tmp_path)] == NAMES
    assert filled(given, tmp_path, "en")[1]["label"].replace("\u00a0", " ") == "North Sumatra"


def test_a_layout_demands_all_provinces(tmp_path):
    """37 are refused with the absent name; the campaign can say that it shows a part."""
    with pytest.raises(FieldError) as caught:
        filled(cells(NAMES[1:]), tmp_path)
    assert str(caught.value) == (
        "field 'items' takes provinces: 37 of 38 regions are there; absent: Aceh; say partial = true to show a part"
    )
    assert len(filled({"rows": cells(NAMES[1:]), "partial": True}, tmp_path)) == 37


def test_a_layout_tells_all_that_fit_nothing(tmp_path):
    """Every unmatched name comes in one error with the nearest; a part is no excuse for them."""
    wrong = cells(["Malaku", "Sulawesi", *NAMES])
    with pytest.raises(FieldError, match=r"'Malaku' names no region.*Maluku.*'Sulawesi' names no region"):
        filled({"rows": wrong, "partial": True}, tmp_path)


def test_a_layout_refuses_an_old_list_until_it_is_said(tmp_path):
    """34 provinces are told as stale; `edition = 34` shows the older areas."""
    with pytest.raises(FieldError, match="older than the 38"):
        filled({"rows": cells(OLD_NAMES), "partial": True}, tmp_path)
    assert len(filled({"rows": cells(OLD_NAMES), "edition": 34}, tmp_path)) == 34


@pytest.mark.parametrize("options", [{"partial": "ya"}, {"edition": "34"}, {"edition": 0}])
def test_wrong_options_of_regions_are_refused(options, tmp_path):
    """`partial` is yes or no, `edition` a number."""
    with pytest.raises(FieldError, match="partial takes true or false"):
        filled({"rows": cells(NAMES), **options}, tmp_path)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"type": "rows", "columns": COLUMNS, "regions": "province"}, "did you mean 'provinces'"),
        ({"regions": "provinces"}, "need rows with a text column"),
        ({"type": "rows", "columns": {"n": FieldSpec(type="number")}, "regions": "provinces"}, "need rows with a text"),
    ],
)
def test_a_layout_names_a_list_that_exists(settings, message):
    """A wrong name of a list, and regions on what has no names, are refused when the layout is read."""
    with pytest.raises(ValueError, match=message):
        FieldSpec(**settings)


# --- on the research data -------------------------------------------------------------------------------------------


def labels_of(file, column, sheet=None):
    table = read_table(DATA / file, sheet=sheet) if sheet else read_table(DATA / file)
    return [str(row[column]) for row in table.rows]


@needs_data
def test_lists_of_38_provinces_join_whole():
    """38 of 38 in the tables of 2024 and 2025, the slip 'Papua Barat Oaya' included."""
    assert join(rows(labels_of("wilayah/provinsi-38-luas-penduduk-2025.csv", "provinsi")), "label").problems() == []
    with (DATA / "wilayah/penduduk-provinsi-kabkota-2024.csv").open(encoding="utf-8") as file:
        people = [row for row in csv.DictReader(file) if len(row["kode"]) == 2]
    joined = join(people, "nama", code="kode")
    assert joined.problems() == []
    assert joined.remarks == ("'Papua Barat Oaya' was read as Papua Barat Daya",)


@needs_data
def test_no_regency_is_taken_for_a_province():
    """None of the 514 regencies and cities is a province, with its kind; without it only those that share the name."""
    with (DATA / "wilayah/penduduk-provinsi-kabkota-2024.csv").open(encoding="utf-8") as file:
        names = [row["nama"] for row in csv.DictReader(file) if len(row["kode"]) == 5]
    assert len(names) == 514
    assert not [name for name in names if named(name)]
    bare = [name.split(" ", 1)[1] for name in names]
    assert {name for name in bare if named(name)} == {"Bengkulu", "Jambi", "Gorontalo", "Yogyakarta"}


@needs_data
def test_the_map_and_its_codes():
    """All 38 features are found by name; their codes repeat, which is told."""
    import json

    features = json.loads((DATA / "geo/indonesia-38-provinces.geojson").read_text("utf-8"))["features"]
    joined = join([feature["properties"] for feature in features], "PROVINSI", code="KODE_PROV")
    assert joined.problems() == []
    assert "code 91 stands for 4 rows" in joined.remarks
    assert "code 92 stands for 2 rows" in joined.remarks


@needs_data
def test_lists_of_34_provinces_are_told_as_old():
    """The lists of 2020 join as 34, 'N/A' is told, and their Papua is the old one."""
    daily = [line.split(";")[1] for line in (DATA / "covid/covid-kumulatif-34-provinsi-harian-2020.csv")
             .read_text("utf-8").splitlines()[1:] if line.strip(";")]  # fmt: skip
    joined = join(rows(daily), "label")
    assert (len(joined.rows), joined.stale, joined.problems(edition=34)) == (34, True, [])
    for sheet in ("Jan-Apr", "Mei", "Juni", "Juli"):
        workers = labels_of("covid/kemnaker-pekerja-terdampak-jan-jul-2020.xlsx", "provinsi", sheet)
        joined = join(rows(workers), "label")
        assert [found.label for found in joined.unmatched] == ["N/A"]
        assert (len(joined.rows), joined.stale) == (34, True)


@needs_data
def test_the_list_of_2007_joins():
    """The provinces among 461 rows of the budgets of 2007: 33 of them, before Kalimantan Utara."""
    table = read_table(DATA / "apbd/djpk-apbd-2007-belanja-fungsi.xlsx")
    names = [str(row["daerah"]) for row in table.rows if str(row["daerah"]).startswith("Prop")]
    joined = join(rows(names), "label")
    assert not joined.unmatched
    assert (len(joined.rows), joined.problems(edition=33)) == (33, [])


@needs_data
def test_statistics_join_to_official_names_of_regencies():
    """The 38 regencies and cities of Jawa Timur: `Malang` and `Kota Malang` find their official names."""
    with (DATA / "wilayah/penduduk-provinsi-kabkota-2024.csv").open(encoding="utf-8") as file:
        official = [row["nama"] for row in csv.DictReader(file) if row["kode"].startswith("35.")]
    among = Gazetteer.of(official, PROVINCES.words)
    for file, column in (
        ("bps/jatim-penduduk-2024.csv", "kabupaten_kota"),
        ("bps/jatim-penduduk-miskin-2024.csv", "kab_kota"),
    ):
        labels = [label for label in labels_of(file, column) if label != "Jawa Timur"]
        assert join(rows(labels), "label", among).problems() == []
    wages = [label for label in dict.fromkeys(labels_of("bps/jatim-umk-2020-2024.csv", "nama_kabupaten_kota"))]
    assert join(rows(wages), "label", among).problems() == []
