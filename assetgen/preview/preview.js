// The preview; stands behind pieces.js in the same script. It asks for news without end and tells which cards are seen.
const WORDS = {
  id: {
    layout: "Pratinjau tata letak", campaign: "Pratinjau kampanye", brand: "Merek", placement: "Penempatan", language: "Bahasa", all: "semua",
    zones: "Zona aman", small: "Kecil", medium: "Sedang", phone: "Ponsel", error: "Kesalahan", warning: "Peringatan", info: "Info",
    ready: "siap", bad: "belum siap", wait: "menunggu", page: "hal.", open: "Buka gambar dalam ukuran penuh", toggle: "Klik: zona aman",
    hidden: "di luar zona aman: bisa tertutup tampilan platform", nozones: "Tanpa zona khusus: seluruh kanvas terlihat.",
    live: "Mengikuti setiap penyimpanan", still: "Muat ulang halaman setelah menyimpan", busy: "Menggambar", off: "Pratinjau sudah berhenti: jalankan lagi assetgen preview",
    broken: "Belum dapat dibaca. Gambar di bawah adalah keadaan sebelumnya.", empty: "Tidak ada yang dapat ditampilkan.", failed: "Tidak dapat dibuat", row: "baris", pictures: "gambar",
    play: "Putar", pause: "Jeda", frames: "Gambar demi gambar: tombol panah, Shift untuk sepuluh, atas dan bawah untuk adegan", frame: "gambar", draft: "cepat, kecil",
  },
  en: {
    layout: "Preview of a layout", campaign: "Preview of a campaign", brand: "Brand", placement: "Placement", language: "Language", all: "all",
    zones: "Safe zones", small: "Small", medium: "Medium", phone: "Phone", error: "Error", warning: "Warning", info: "Info",
    ready: "ready", bad: "not ready", wait: "waiting", page: "p.", open: "Open the picture in full size", toggle: "Click: safe zones",
    hidden: "outside the safe zone: the platform's interface may cover it", nozones: "No special zones: the whole canvas is seen.",
    live: "Follows every save", still: "Load the page again after a save", busy: "Drawing", off: "The preview has ended: run assetgen preview again",
    broken: "It cannot be read yet. The pictures below are from before.", empty: "There is nothing to show.", failed: "Could not be made", row: "row", pictures: "pictures",
    play: "Play", pause: "Pause", frames: "Picture by picture: arrow keys, Shift for ten, up and down for scenes", frame: "picture", draft: "quick, small",
  },
};
const SIZES = { small: 190, medium: 270, phone: 390 };
const AHEAD = "500px";

const state = { words: WORDS.id, filters: {}, size: "small", zones: false, version: 0, round: 0, scene: null, results: new Map(), off: false };
let kinds = new Map();
let cards = new Map();
const seen = new Set();
let telling = 0;

const kindOf = (asset) => kinds.get(asset.placement + asset.size.join("x"));
const address = (card, version, page) => `/picture/${card.id}/${version}/${page}`;

// --- news -------------------------------------------------------------------------------------------------------------

async function follow() {
  for (;;) {
    try {
      const answer = await fetch("/state?after=" + state.version);
      if (!answer.ok) throw new Error(answer.status);
      take(await answer.json());
    } catch {
      state.off = true;
      // Whoever answers next may be another preview at the same address.
      state.version = 0;
      head();
      await new Promise((go) => setTimeout(go, 1000));
    }
  }
}

function take(news) {
  if (news.closed) throw new Error("closed");
  state.off = false;
  state.version = news.version;
  state.round = news.round;
  if (news.scene) setScene(news.scene);
  for (const [id, result] of Object.entries(news.results)) {
    state.results.set(id, result);
    if (cards.has(id)) fill(cards.get(id), result);
  }
  for (const one of cards.values()) stale(one);
  $("problems").replaceChildren(...troubles(state.scene));
  head();
}

function setScene(scene) {
  const before = state.scene;
  state.scene = scene;
  kinds = new Map(scene.placements.map((one) => [one.name + one.size.join("x"), one]));
  document.title = scene.title;
  if (!before || JSON.stringify(before.cards) !== JSON.stringify(scene.cards)) build();
}

function troubles(scene) {
  const found = scene.problems.map((one) => problem(one));
  if (found.length && scene.cards.length) found.unshift(make("p", { class: "why" }, word("broken")));
  for (const failure of scene.failures) {
    found.push(make("p", { class: "why" }, [word("failed"), failure.slug, failure.row ? `${word("row")} ${failure.row}` : ""].filter(Boolean).join(" · ")), ...failure.problems.map((one) => problem(one)));
  }
  return [...found, ...common()];
}

// What several cards say is told once, with the lines of the file, and in the cards without them.
function common() {
  const counts = new Map();
  for (const { card } of cards.values()) {
    const result = state.results.get(card.id);
    for (const one of (result?.round === state.round && result.problems) || []) {
      const key = JSON.stringify(one);
      counts.set(key, (counts.get(key) || 0) + 1);
    }
  }
  return [...counts].map(([key, count]) => problem(JSON.parse(key), count));
}

function problem(one, count, brief) {
  const box = make("div", { class: "problem", role: "alert" });
  const place = [one.place, count ? `${count} ${word("pictures")}` : ""].filter(Boolean).join(" · ");
  if (place) box.append(make("span", { class: "place" }, place));
  box.append(make("span", { class: "message" }, one.message));
  if (one.hint) box.append(make("span", { class: "hint" }, "→ " + one.hint));
  if (one.lines.length && !brief) {
    const lines = one.lines.map((line) => make("span", { class: line.here ? "line here" : "line" }, make("b", {}, String(line.number)), line.text));
    box.append(make("pre", {}, lines));
  }
  return box;
}

// --- what is seen -----------------------------------------------------------------------------------------------------

const watch = new IntersectionObserver((changed) => {
  for (const one of changed) {
    if (one.isIntersecting) seen.add(one.target.dataset.id);
    else seen.delete(one.target.dataset.id);
  }
  clearTimeout(telling);
  telling = setTimeout(tell, 40);
}, { rootMargin: AHEAD });

function tell() {
  const near = [...seen].map((id) => cards.get(id)?.node).filter(Boolean);
  const distance = (node) => {
    const box = node.getBoundingClientRect();
    return box.bottom < 0 ? 1e5 - box.bottom : box.top > innerHeight ? 1e5 + box.top : box.top * 10 + box.left / 1e3;
  };
  const ids = near.map((node) => [distance(node), node.dataset.id]).sort((one, other) => one[0] - other[0]).map(([, id]) => id);
  fetch("/seen", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(ids) }).catch(() => {});
}

// --- cards ------------------------------------------------------------------------------------------------------------

function build() {
  watch.disconnect();
  seen.clear();
  cards = new Map();
  const groups = new Map();
  for (const card of state.scene.cards) if (wanted(card)) groups.set(card.group, [...(groups.get(card.group) || []), card]);
  const sections = [...groups].map(([name, members]) => make("section", { class: "group" }, make("header", {}, make("h2", {}, name)), make("div", { class: "cards" }, members.map(empty))));
  $("main").replaceChildren(...sections);
  if (!sections.length && !state.scene.problems.length) $("main").append(make("p", { class: "empty" }, word("empty")));
  for (const one of cards.values()) {
    const result = state.results.get(one.card.id);
    if (result) fill(one, result);
    watch.observe(one.node);
  }
}

function wanted(card) {
  return Object.entries(state.filters).every(([key, value]) => !value || card[key] === value);
}

function empty(card) {
  const node = make("article", { class: "card stale", "data-id": card.id });
  const status = make("span", { class: "state wait" }, word("wait"));
  const name = make("h3", {}, make("span", { title: kindOf(card)?.title }, card.placement.split("/")[1] || card.placement), status);
  const about = make("p", { class: "small" }, platform(card));
  const pages = make("div", { class: "pages" });
  const problems = make("div", { class: "problems" });
  const said = make("div", { class: "said" });
  const one = { card, node, status, about, pages, problems, said, round: 0 };
  pages.append(blank(card));
  node.append(make("header", {}, name, about), problems, pages, said);
  cards.set(card.id, one);
  return node;
}

const platform = (card) => `${card.placement.split("/")[0]} · ${card.size.join(" × ")}`;

function blank(card) {
  const box = make("div", { class: "picture" });
  box.style.aspectRatio = card.size.join(" / ");
  return box;
}

function stale(one) {
  one.node.classList.toggle("stale", one.round !== state.round);
}

function fill(one, result) {
  const { card, node } = one;
  one.round = result.round;
  const { asset, problems } = result;
  one.problems.replaceChildren(...problems.map((found) => problem(found, 0, true)));
  // A video is made small and unchecked, so that it comes at once.
  const draft = asset && asset.findings.some((finding) => finding.rule === "draft");
  one.status.className = draft ? "state wait" : !asset || !asset.ready ? "state bad" : "state";
  one.status.textContent = draft ? word("draft") : asset && asset.ready ? word("ready") : word("bad");
  const several = state.scene.kind === "campaign" ? [card.brand, card.language] : [];
  one.about.textContent = [platform(card), ...several, asset ? `${result.milliseconds} ms` : ""].filter(Boolean).join(" · ");
  const posts = asset ? asset.files.map((file, index) => ({ file, number: index + 1 })).filter(({ file }) => !file.role || file.role === "post") : [];
  node.classList.toggle("many", posts.length > 1);
  if (!asset) return one.said.replaceChildren();
  const shown = posts.map(({ file, number }) => (file.media_type.startsWith("video/") ? film(one, asset, file, result.version, number) : page(one, asset, file, result.version, number, posts.length)));
  // The new pictures take the place of the old ones when they are there, so that nothing flickers.
  Promise.allSettled(shown.map(({ there }) => there())).then(() => {
    if (state.results.get(card.id) !== result) return;
    one.pages.replaceChildren(make("div", { class: posts.length > 1 ? "strip" : "single" }, shown.map(({ view }) => view)));
  });
  const told = { ...asset, findings: asset.findings.filter((finding) => finding.rule !== "draft") };
  one.said.replaceChildren(...[legend(asset), findings(told, () => node)].filter(Boolean));
}

// A film that comes anew after a save goes on where the one before was looked at.
function film(one, asset, file, version, number) {
  const cover = asset.files.findIndex((other) => other.role === "cover") + 1;
  const act = () => one.node.classList.toggle("zones");
  const made = player(file, address(one.card, version, number), { label: asset.alt_text, poster: cover ? address(one.card, version, cover) : null, layer: overlay(asset, 1), act });
  const before = one.film?.frame() || 0;
  const there = () => new Promise((go) => {
    made.video.addEventListener("loadeddata", () => { if (before) made.seek(before); go(); }, { once: true });
    made.video.addEventListener("error", go, { once: true });
  });
  one.film = made;
  return { there, view: make("figure", { class: "page" }, made.node) };
}

function page(one, asset, file, version, number, count) {
  const source = address(one.card, version, number);
  const image = make("img", { src: source, width: file.width, height: file.height, alt: asset.alt_texts[number - 1] || asset.alt_text });
  const button = make("button", { class: "picture", type: "button", title: word("toggle"), onclick: () => one.node.classList.toggle("zones") }, image, overlay(asset, number));
  button.style.aspectRatio = file.width + " / " + file.height;
  const link = make("a", { class: "small", href: source, target: "_blank", rel: "noopener", title: word("open") }, count > 1 ? `${number} / ${count}` : "1:1");
  return { there: () => image.decode(), view: make("figure", { class: "page" }, button, make("figcaption", { class: "number" }, link)) };
}

// --- head -------------------------------------------------------------------------------------------------------------

function head() {
  const scene = state.scene;
  if (!scene) return;
  const open = [...cards.values()].filter((one) => seen.has(one.card.id) && one.round !== state.round).length;
  const busy = !state.off && !scene.problems.length && open;
  const text = state.off ? word("off") : busy ? `${word("busy")} (${open})` : word(document.body.dataset.watch === "no" ? "still" : "live");
  const live = make("span", { class: state.off ? "live off" : busy ? "live busy" : "live", role: "status" }, text);
  const title = make("div", { class: "title" }, make("div", {}, make("p", { class: "kind" }, word(scene.kind)), make("h1", {}, scene.title)), live);
  if (!$("top").firstChild || !document.activeElement?.closest(".tools")) $("top").replaceChildren(title);
  else $("top").firstChild.replaceWith(title);
  if (!document.querySelector(".tools")) $("top").after(tools());
}

function tools() {
  const filters = ["brand", "placement", "language"].map((key) => {
    const values = [...new Set(state.scene.cards.map((card) => card[key]))];
    if (values.length < 2) return null;
    const options = [make("option", { value: "" }, `${word(key)}: ${word("all")}`), ...values.map((value) => make("option", { value, selected: state.filters[key] === value }, value))];
    return make("select", { "aria-label": word(key), onchange: (event) => { state.filters[key] = event.target.value; build(); again(); } }, options);
  });
  const zones = toggle(word("zones"), state.zones, () => { state.zones = !state.zones; again(); });
  const sizes = choice(Object.keys(SIZES).map((key) => [key, word(key)]), state.size, (key) => { state.size = key; again(); }, word("placement"));
  const languages = choice([["id", "ID"], ["en", "EN"]], document.documentElement.lang, (key) => { localStorage.setItem("language", key); speak(key); build(); again(); }, word("language"));
  return make("nav", { class: "tools" }, filters, make("span", { class: "right" }, zones, sizes, languages));
}

function again() {
  document.querySelector(".tools")?.remove();
  document.documentElement.style.setProperty("--picture", SIZES[state.size] + "px");
  document.body.classList.toggle("zones", state.zones);
  for (const one of cards.values()) stale(one);
  $("problems").replaceChildren(...troubles(state.scene));
  head();
}

function speak(key) {
  document.documentElement.lang = key;
  state.words = WORDS[key];
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "z" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT)$/.test(event.target.tagName)) return;
  state.zones = !state.zones;
  again();
});
speak(localStorage.getItem("language") === "en" ? "en" : "id");
follow();
