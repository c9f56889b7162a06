// The contact sheet; stands behind pieces.js in the same script.
const WORDS = {
  id: {
    kind: "Lembar tinjau", assets: "aset", ready: "siap", bad: "belum siap", failed: "gagal dibuat", search: "Cari kode, judul, teks…",
    layout: "Tata letak", brand: "Merek", placement: "Penempatan", language: "Bahasa", all: "semua", findings: "Hanya dengan temuan",
    zones: "Zona aman", small: "Kecil", medium: "Sedang", phone: "Ponsel", print: "Cetak", row: "baris", page: "hal.",
    alt: "Teks alternatif", caption: "Takarir (caption)", facts: "Fakta dan selnya", copy: "Salin", copied: "Tersalin",
    shown: "Tampil", value: "Nilai", cell: "Sel", hidden: "di luar zona aman: bisa tertutup tampilan platform", fit: "Pas layar",
    thumb: "Mini", full: "100%", close: "Tutup", previous: "Sebelumnya", next: "Berikutnya", none: "Tidak ada yang cocok.",
    lost: "Berkas tidak ditemukan", open: "Buka", failures: "Tidak dapat dibuat", error: "Kesalahan", warning: "Peringatan", info: "Info",
    hashtags: "tagar", publish: "terbit", nofindings: "Tidak ada temuan.", empty: "kosong", required: "wajib",
    folded: "Yang kelabu baru terbaca setelah “selengkapnya”.", nozones: "Tanpa zona khusus: seluruh kanvas terlihat.", whole: "semua penempatan",
    play: "Putar", pause: "Jeda", frames: "Gambar demi gambar: tombol panah, Shift untuk sepuluh, atas dan bawah untuk adegan", frame: "gambar", toggle: "Klik: zona aman", beside: "Berkas pendamping",
  },
  en: {
    kind: "Contact sheet", assets: "assets", ready: "ready", bad: "not ready", failed: "not made", search: "Search slug, title, text…",
    layout: "Layout", brand: "Brand", placement: "Placement", language: "Language", all: "all", findings: "Only with findings",
    zones: "Safe zones", small: "Small", medium: "Medium", phone: "Phone", print: "Print", row: "row", page: "p.",
    alt: "Alt text", caption: "Caption", facts: "Facts and their cells", copy: "Copy", copied: "Copied",
    shown: "Shown", value: "Value", cell: "Cell", hidden: "outside the safe zone: the platform's interface may cover it", fit: "Fit",
    thumb: "Thumbnail", full: "100%", close: "Close", previous: "Previous", next: "Next", none: "Nothing matches.",
    lost: "File not found", open: "Open", failures: "Could not be made", error: "Error", warning: "Warning", info: "Info",
    hashtags: "hashtags", publish: "publish", nofindings: "No findings.", empty: "empty", required: "required",
    folded: "What is grey shows only after “more”.", nozones: "No special zones: the whole canvas is seen.", whole: "all placements",
    play: "Play", pause: "Pause", frames: "Picture by picture: arrow keys, Shift for ten, up and down for scenes", frame: "picture", toggle: "Click: safe zones", beside: "Files beside it",
  },
};
const CHUNK = 24;
const PHONE = 390;
const THUMB = 130;

const data = JSON.parse(document.getElementById("data").textContent);
for (const asset of data.assets) {
  asset.beside = asset.files.filter((file) => file.role && file.role !== "post");
  asset.files = asset.files.filter((file) => !asset.beside.includes(file));
}
const kinds = new Map(data.placements.map((one) => [one.name + one.size.join("x"), one]));
const state = { words: WORDS[document.documentElement.lang] || WORDS.en, filters: {}, status: "", query: "", findings: false, size: "medium", zones: false, mode: "fit" };
let visible = [];
let waiting = [];
let at = null;

const path = (file) => file.path.split("/").map(encodeURIComponent).join("/");
const bytes = (count) => (count < 1e6 ? Math.max(1, Math.round(count / 1e3)) + " kB" : (count / 1e6).toFixed(1) + " MB");
const kindOf = (asset) => kinds.get(asset.placement + asset.size.join("x"));
const isVideo = (file) => file.media_type.startsWith("video/");
const isPicture = (file) => /^(image|video)\//.test(file.media_type);

// --- pictures ---------------------------------------------------------------------------------------------------------

function media(asset, file, page, eager) {
  const label = asset.alt_texts[page - 1] || asset.alt_text;
  const node = make("img", { width: file.width, height: file.height, src: path(file), alt: label, loading: eager ? "eager" : "lazy", decoding: "async" });
  node.addEventListener("error", () => node.parentElement?.classList.add("lost"));
  return node;
}

function picture(asset, file, page, open) {
  if (isVideo(file)) return played(asset, file, page);
  const node = make(open ? "button" : "div", { class: "picture", "data-page": page, "data-lost": word("lost"), onclick: open || null, type: open ? "button" : null });
  node.style.aspectRatio = file.width + " / " + file.height;
  node.append(media(asset, file, page, !open), overlay(asset, page));
  return node;
}

function played(asset, file, page) {
  const cover = asset.beside.find((one) => one.role === "cover");
  const lost = (shown) => { shown.dataset.lost = word("lost"); shown.classList.add("lost"); };
  const act = (event) => event.currentTarget.closest(".card, .stage").classList.toggle("zones");
  return player(file, path(file), { label: asset.alt_text, poster: cover && path(cover), layer: overlay(asset, page), act, lost }).node;
}

function beside(asset) {
  const links = asset.beside.map((file) => make("a", { href: path(file), target: "_blank", rel: "noopener" }, file.path.split("/").pop()));
  return links.length ? make("p", { class: "small beside" }, `${word("beside")}: `, links.flatMap((link, index) => (index ? [", ", link] : [link]))) : null;
}

function pages(asset, index) {
  const shown = asset.files.map((file, number) => {
    if (!isPicture(file)) return documentLink(file);
    const view = make("figure", { class: "page" }, picture(asset, file, number + 1, () => openViewer(index, number + 1)));
    if (asset.files.length > 1) view.append(make("figcaption", { class: "number" }, `${number + 1} / ${asset.files.length}`));
    return view;
  });
  return make("div", { class: asset.files.length > 1 ? "strip" : "single", tabindex: asset.files.length > 1 ? 0 : null }, shown);
}

function documentLink(file) {
  const icon = draw("svg", { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 1.2, "aria-hidden": "true" });
  icon.append(draw("path", { d: "M6 2h8l5 5v15H6zM14 2v5h5M9 12h7M9 15h7M9 18h4" }));
  const size = `${file.pages} ${word("page")} · ${bytes(file.bytes)}`;
  return make("a", { class: "document", href: path(file), target: "_blank", rel: "noopener" }, icon, make("b", {}, file.format.toUpperCase()), make("span", { class: "small" }, size));
}

// --- what is said about a picture -------------------------------------------------------------------------------------

function counted(count, limit) {
  return make("span", { class: limit && count > limit ? "over" : "quiet" }, limit ? `${count} / ${limit}` : String(count));
}

function fold(name, figure, open, ...content) {
  return make("details", { open: open }, make("summary", {}, make("span", { class: "name" }, name), figure), content);
}

function copyButton(text) {
  return make("button", { class: "copy", type: "button", onclick: () => copy(text) }, word("copy"));
}

function words(asset, open) {
  const limits = kindOf(asset).text;
  const box = make("div", { class: "words" });
  const alts = asset.alt_texts.length > 1 ? asset.alt_texts : asset.alt_text ? [asset.alt_text] : [];
  const longest = Math.max(0, ...(asset.alt_texts.length > 1 ? asset.counts.alts : [asset.counts.alt]));
  if (alts.length) {
    const texts = alts.map((text, index) => make("pre", {}, copyButton(text), alts.length > 1 ? `${index + 1}. ` : "", text));
    box.append(fold(word("alt"), counted(longest, limits.alt_text), open, texts));
  } else if (limits.alt_text_required) box.append(fold(word("alt"), make("span", { class: "over" }, word("required")), open));
  if (asset.post) box.append(fold(word("caption"), counted(asset.counts.post, limits.caption), open, caption(asset, limits)));
  if (asset.facts.length) box.append(fold(word("facts"), make("span", { class: "quiet" }, String(asset.facts.length)), open, facts(asset)));
  return box.childNodes.length ? box : null;
}

function caption(asset, limits) {
  const text = make("pre", {}, copyButton(asset.post));
  const letters = Array.from(asset.post);
  const end = limits.caption_visible && letters.length > limits.caption_visible ? limits.caption_visible : letters.length;
  text.append(letters.slice(0, end).join(""));
  if (end < letters.length) text.append(make("span", { class: "rest", title: word("folded") }, letters.slice(end).join("")));
  if (limits.hashtags && asset.counts.hashtags > limits.hashtags) {
    text.append(make("span", { class: "over" }, `\n${asset.counts.hashtags} / ${limits.hashtags} ${word("hashtags")}`));
  }
  return text;
}

function facts(asset) {
  const many = asset.files.length > 1;
  const head = [word("shown"), word("value"), word("cell"), many ? word("page") : null].filter(Boolean);
  const rows = asset.facts.map((fact) => {
    const value = fact.unit ? `${fact.value} ${fact.unit}` : fact.value;
    const cell = (fact.cell || "–").split("!").flatMap((part, index) => (index ? ["!", make("wbr"), part] : [part]));
    const cells = [fact.text, value, cell, many ? String(fact.page) : null].filter((one) => one !== null);
    return make("tr", {}, cells.map((one) => make("td", {}, one)));
  });
  return make("table", { class: "facts" }, make("thead", {}, make("tr", {}, head.map((one) => make("th", { scope: "col" }, one)))), make("tbody", {}, rows));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea");
    area.value = text;
    ($("viewer").open ? $("viewer") : document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const note = $("note");
  ($("viewer").open ? $("viewer") : document.body).append(note);
  note.textContent = word("copied");
  note.classList.add("on");
  setTimeout(() => note.classList.remove("on"), 1200);
}

// --- the sheet --------------------------------------------------------------------------------------------------------

function status(asset) {
  return make("span", { class: asset.ready ? "state" : "state bad" }, asset.ready ? word("ready") : word("bad"));
}

function about(asset) {
  const file = asset.files[0];
  const parts = [asset.size.join(" × "), file?.format.toUpperCase(), bytes(asset.files.reduce((sum, one) => sum + one.bytes, 0))];
  if (new Set(data.assets.map((one) => one.language)).size > 1) parts.unshift(asset.language);
  return parts.filter(Boolean).join(" · ");
}

function card(asset, index) {
  const node = make("article", { class: asset.files.length > 1 ? "card many" : "card", "data-index": index });
  const name = make("h3", {}, make("span", { title: kindOf(asset).title }, asset.placement.replace("/", " / ")), status(asset));
  const notes = [...new Set(asset.files.map((file) => file.note).filter(Boolean))];
  node.append(make("header", {}, name, make("p", { class: "small" }, about(asset)), notes.map((note) => make("p", { class: "small" }, note))));
  node.append(pages(asset, index), legend(asset));
  if (asset.beside.length) node.append(beside(asset));
  for (const part of [findings(asset, () => node), words(asset, false)]) if (part) node.append(part);
  return node;
}

function group(slug, members) {
  const first = data.assets[members[0]];
  const shared = [first.row ? `${word("row")} ${first.row}` : "", ...new Set(members.map((index) => data.assets[index].layout)), first.publish_at ? `${word("publish")} ${first.publish_at}` : ""];
  const brands = new Set(data.assets.map((asset) => asset.brand));
  if (brands.size > 1) shared.push(first.brand);
  const head = make("header", {}, make("h2", {}, slug), make("span", { class: "quiet" }, shared.filter(Boolean).join(" · ")));
  return make("section", { class: "group" }, head, make("div", { class: "cards" }, members.map((index) => card(data.assets[index], index))));
}

function wanted(asset) {
  if (state.status === "ready" && !asset.ready) return false;
  if (state.status === "bad" && asset.ready) return false;
  if (state.findings && !asset.findings.length) return false;
  for (const [key, value] of Object.entries(state.filters)) if (value && asset[key] !== value) return false;
  if (!state.query) return true;
  const text = [asset.slug, asset.layout, asset.placement, asset.alt_text, asset.post, ...asset.findings.map((one) => one.rule + " " + one.message)];
  return text.join("\n").toLowerCase().includes(state.query);
}

function show() {
  const main = $("main");
  visible = data.assets.map((_, index) => index).filter((index) => wanted(data.assets[index]));
  const groups = new Map();
  for (const index of visible) groups.set(data.assets[index].slug, [...(groups.get(data.assets[index].slug) || []), index]);
  visible = [...groups.values()].flat();
  waiting = state.status === "failed" ? [] : [...groups];
  main.replaceChildren(...failures());
  if (!waiting.length && state.status !== "failed") main.append(make("p", { class: "empty" }, word("none")));
  const end = make("div", { class: "end" });
  main.append(end);
  more(CHUNK);
  // Records come in as they are scrolled to, so that thousands do not hold up the first.
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    more(CHUNK);
    watch.unobserve(end);
    if (waiting.length && end.isConnected) watch.observe(end);
  }, { rootMargin: "1500px" });
  watch.observe(end);
}

function more(count) {
  const end = document.querySelector(".end");
  for (const [slug, members] of waiting.splice(0, count)) end.before(group(slug, members));
}

function failures() {
  if (!data.failures.length || state.status === "ready") return [];
  const rows = data.failures.map((failure) => {
    const where = [failure.row ? `${word("row")} ${failure.row}` : "", failure.placement || word("whole"), failure.language].filter(Boolean).join(" · ");
    const problems = failure.problems.map((problem) => {
      const { file, line, sheet, cell } = problem.place;
      const place = [line ? `${file}:${line}` : file, sheet, cell].filter(Boolean).join("!");
      const hint = problem.hint ? make("span", { class: "quiet" }, ` (${problem.hint})`) : null;
      return make("p", {}, place ? make("span", { class: "quiet" }, place + ": ") : null, problem.message, hint);
    });
    return make("li", {}, make("div", {}, make("b", {}, failure.slug || "–"), make("div", { class: "small" }, where)), make("div", {}, problems));
  });
  const title = make("summary", {}, make("span", { class: "name" }, word("failures")), String(rows.length));
  return [make("section", { class: "failures" }, make("details", { open: rows.length < 6 || state.status === "failed" }, title, make("ul", {}, rows)))];
}

function head() {
  const held = document.activeElement?.closest("#top, .tools") ? document.activeElement.textContent : "";
  const { assets, ready, not_ready: bad, failed } = data.totals;
  const total = (key, count, text, wrong) => {
    const act = () => { state.status = state.status === key ? "" : key; head(); show(); };
    return make("button", { type: "button", class: wrong && count ? "bad" : null, "aria-pressed": String(state.status === key), onclick: act }, make("b", {}, String(count)), text);
  };
  const totals = make("div", { class: "totals" }, total("", assets, word("assets")), total("ready", ready, word("ready")), total("bad", bad, word("bad"), true), failed ? total("failed", failed, word("failed"), true) : null);
  const kind = word("kind") + (data.generated ? " · " + data.generated : "");
  const title = make("div", { class: "title" }, make("div", {}, make("p", { class: "kind" }, kind), make("h1", {}, data.name)), totals);
  $("top").replaceChildren(title);
  document.querySelector(".tools")?.remove();
  $("top").after(tools());
  if (held) [...document.querySelectorAll("#top button, .tools button")].find((button) => button.textContent === held)?.focus();
}

function tools() {
  const search = make("input", { type: "search", placeholder: word("search"), "aria-label": word("search"), oninput: (event) => { state.query = event.target.value.trim().toLowerCase(); show(); } });
  search.value = state.query;
  const filters = ["layout", "brand", "placement", "language"].map((key) => {
    const values = [...new Set(data.assets.map((asset) => asset[key]))].sort();
    if (values.length < 2) return null;
    const options = [make("option", { value: "" }, `${word(key)}: ${word("all")}`), ...values.map((value) => make("option", { value, selected: state.filters[key] === value }, value))];
    return make("select", { "aria-label": word(key), onchange: (event) => { state.filters[key] = event.target.value; show(); } }, options);
  });
  const only = make("label", {}, make("input", { type: "checkbox", checked: state.findings, onchange: (event) => { state.findings = event.target.checked; show(); } }), word("findings"));
  const sizes = choice([["small", word("small")], ["medium", word("medium")], ["phone", word("phone")]], state.size, (key) => { state.size = key; arrange(); head(); });
  const languages = choice([["id", "ID"], ["en", "EN"]], document.documentElement.lang, setLanguage, word("language"));
  const zones = toggle(word("zones"), state.zones, () => { state.zones = !state.zones; arrange(); head(); });
  const print = make("button", { type: "button", onclick: () => { everything(); Promise.allSettled([...document.images].map((image) => image.decode())).then(() => window.print()); } }, word("print"));
  return make("nav", { class: "tools" }, search, filters, only, make("span", { class: "right" }, zones, sizes, print, languages));
}

function setLanguage(key) {
  document.documentElement.lang = key;
  state.words = WORDS[key];
  head();
  show();
}

function arrange() {
  const widths = { small: 180, medium: 270, phone: PHONE };
  document.documentElement.style.setProperty("--picture", widths[state.size] + "px");
  document.body.classList.toggle("zones", state.zones);
}

function everything() {
  more(waiting.length);
  for (const image of document.images) image.loading = "eager";
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
}
