// One picture, large, with everything that is said about it; stands behind gallery.js in the same script.

function openViewer(index, page) {
  at = { index, page };
  const viewer = $("viewer");
  if (!viewer.open) viewer.showModal();
  view();
}

function view() {
  const viewer = $("viewer");
  const asset = data.assets[at.index];
  const file = asset.files[at.page - 1];
  const where = make("span", { class: "where" }, make("b", {}, asset.slug), make("span", { class: "quiet" }, ` · ${asset.placement.replace("/", " / ")}${asset.files.length > 1 ? ` · ${at.page} / ${asset.files.length}` : ""}`));
  const modes = choice([["fit", word("fit")], ["phone", `${word("phone")} ${PHONE}`], ["thumb", word("thumb")], ["full", word("full")]], state.mode, (key) => { state.mode = key; view(); });
  const zones = toggle(word("zones"), state.zones, () => { state.zones = !state.zones; arrange(); head(); view(); });
  const step = (by, text, sign) => make("button", { type: "button", "aria-label": text, title: text, onclick: () => move(by) }, sign);
  const close = make("button", { type: "button", "aria-label": word("close"), title: word("close") + " (Esc)", onclick: () => viewer.close() }, "✕");
  const bar = make("div", { class: "bar" }, where, modes, zones, make("span", { class: "choice" }, step(-1, word("previous"), "←"), step(1, word("next"), "→")), close);
  const stage = make("div", { class: "stage", tabindex: -1 });
  const side = make("aside", { class: "side" }, make("h3", {}, status(asset)), make("p", { class: "small" }, about(asset)), make("div", { class: "zones-list" }, legend(asset)));
  side.append(findings(asset, () => stage) || make("p", { class: "quiet" }, word("nofindings")));
  const said = words(asset, true);
  if (said) side.append(said);
  viewer.replaceChildren(bar, stage, side);
  viewer.classList.toggle("zones", state.zones);
  viewer.setAttribute("aria-label", asset.slug);
  stage.append(isPicture(file) ? staged(asset, file, stage) : documentLink(file));
}

function staged(asset, file, stage) {
  const node = picture(asset, file, at.page, null);
  const room = { width: stage.clientWidth - 48, height: stage.clientHeight - (isVideo(file) ? 96 : 48) };
  const fitting = Math.min(room.width / file.width, room.height / file.height, 1);
  const scale = { fit: fitting, phone: PHONE / file.width, thumb: THUMB / file.width, full: 1 }[state.mode];
  const crop = state.mode === "thumb" && !isVideo(file) && kindOf(asset).crops[0];
  if (!crop) {
    node.style.width = file.width * scale + "px";
    return node;
  }
  // As the profile shows it: the first crop of the placement, a third of a phone wide.
  const [left, top, right, bottom] = crop.rectangle;
  const small = THUMB / (right - left);
  const frame = make("div", { class: "crop-window", title: crop.name });
  frame.style.width = THUMB + "px";
  frame.style.height = (bottom - top) * small + "px";
  node.style.width = file.width * small + "px";
  node.style.marginLeft = -left * small + "px";
  node.style.marginTop = -top * small + "px";
  frame.append(node);
  return frame;
}

function move(by) {
  const stops = visible.flatMap((index) => data.assets[index].files.map((_, number) => ({ index, page: number + 1 })));
  const now = stops.findIndex((stop) => stop.index === at.index && stop.page === at.page);
  at = stops[(now + by + stops.length) % stops.length] || at;
  view();
}

function moveRecord(by) {
  const slugs = [...new Set(visible.map((index) => data.assets[index].slug))];
  const slug = slugs[(slugs.indexOf(data.assets[at.index].slug) + by + slugs.length) % slugs.length];
  at = { index: visible.find((index) => data.assets[index].slug === slug), page: 1 };
  view();
}

$("viewer").addEventListener("close", () => {
  document.body.append($("note"));
  document.querySelector(`.card[data-index="${at.index}"] .picture`)?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA|VIDEO)$/.test(event.target.tagName)) return;
  if (event.key === "/" && !$("viewer").open) { event.preventDefault(); document.querySelector(".tools input")?.focus(); return; }
  if (event.key === "z") { state.zones = !state.zones; arrange(); head(); if ($("viewer").open) view(); return; }
  if (!$("viewer").open) return;
  const acts = { ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => moveRecord(1), ArrowUp: () => moveRecord(-1) };
  const modes = { 1: "fit", 2: "phone", 3: "thumb", 4: "full" };
  if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  if (modes[event.key]) { state.mode = modes[event.key]; view(); }
});
window.addEventListener("resize", () => $("viewer").open && view());
window.addEventListener("beforeprint", everything);

arrange();
head();
show();
