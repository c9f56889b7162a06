"use strict";
// What the contact sheet and the preview share: elements, marks, zones and findings. Each of them has `state` with its
// words, and `kindOf`. Every element is made with createElement and filled as text: data never becomes markup.
const MARKS = {
  error: ["M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z", "M8 4.4v4.2M8 11v.2"],
  warning: ["M8 1.6 15.2 14.4H.8z", "M8 6.2v3.6M8 11.8v.2"],
  info: ["M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z", "M8 7.4v4M8 4.7v.2"],
};
const COLOURS = ["#ff4fd8", "#25c7ff", "#ffe14a", "#7dff6a"];

const $ = (id) => document.getElementById(id);
const word = (key) => state.words[key];

function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function draw(tag, properties, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(properties)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

function mark(severity) {
  const [shape, sign] = MARKS[severity];
  const icon = draw("svg", { viewBox: "0 0 16 16", class: "mark", role: "img", "aria-label": word(severity) });
  icon.append(draw("path", { d: shape, fill: "currentColor" }));
  icon.append(draw("path", { d: sign, fill: "none", stroke: "var(--ground)", "stroke-width": 1.8, "stroke-linecap": "round" }));
  return icon;
}

const rectangle = ([left, top, right, bottom], attributes) => draw("rect", { x: left, y: top, width: right - left, height: bottom - top, ...attributes });

function overlay(asset, page) {
  const kind = kindOf(asset);
  const [width, height] = asset.size;
  const layer = draw("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", class: "overlay", "aria-hidden": "true" });
  if (kind.safe) {
    const [left, top, right, bottom] = kind.safe;
    const outside = `M0 0H${width}V${height}H0zM${left} ${top}V${bottom}H${right}V${top}z`;
    layer.append(draw("path", { d: outside, "fill-rule": "evenodd", class: "zone shade" }));
    layer.append(rectangle(kind.safe, { class: "zone under" }), rectangle(kind.safe, { class: "zone edge" }));
  }
  for (const zone of kind.covered) layer.append(rectangle(zone.rectangle, { class: "zone shade" }));
  kind.crops.forEach((zone, index) => {
    layer.append(rectangle(zone.rectangle, { class: "zone crop under" }));
    layer.append(rectangle(zone.rectangle, { class: "zone crop", stroke: COLOURS[index % COLOURS.length] }));
  });
  asset.findings.forEach((finding, index) => {
    if (!finding.rectangle || (finding.page || 1) !== page) return;
    const box = draw("g", { class: "found", "data-finding": index });
    const room = width / 120;
    const [left, top, right, bottom] = finding.rectangle.map((edge, side) => edge + (side < 2 ? -room : room));
    box.append(draw("path", { d: `M0 0H${width}V${height}H0zM${left} ${top}V${bottom}H${right}V${top}z`, "fill-rule": "evenodd", class: "dim" }));
    box.append(rectangle([left, top, right, bottom], { class: "halo" }), rectangle([left, top, right, bottom], { class: "rim" }));
    layer.append(box);
  });
  return layer;
}

function legend(asset) {
  const kind = kindOf(asset);
  const line = (swatch, colour, text, title) => {
    const sample = make("i", { class: swatch });
    if (colour) sample.style.borderColor = colour;
    return make("li", { title: title || null }, sample, make("span", {}, text));
  };
  const rows = kind.crops.map((zone, index) => line("line", COLOURS[index % COLOURS.length], zone.name));
  if (kind.safe) rows.unshift(line("shade", null, word("hidden"), kind.safe_basis));
  for (const zone of kind.covered) rows.push(line("shade", null, zone.name));
  return make("ul", { class: "legend quiet" }, rows.length ? rows : make("li", {}, make("i"), word("nozones")));
}

function findings(asset, scope) {
  const rows = asset.findings.map((finding, index) => {
    const text = make("span", {}, finding.message, finding.page && asset.files.length > 1 ? ` (${word("page")} ${finding.page})` : "");
    if (finding.hint) text.append(make("span", { class: "hint" }, finding.hint));
    text.append(" ", make("code", {}, finding.rule));
    const properties = { class: "finding " + finding.severity };
    if (!finding.rectangle) return make("li", {}, make("div", properties, mark(finding.severity), text));
    const button = make("button", { ...properties, type: "button", "aria-pressed": "false" }, mark(finding.severity), text);
    const show = (on) => outline(scope(), index, on || button.getAttribute("aria-pressed") === "true");
    button.addEventListener("mouseenter", () => show(true));
    button.addEventListener("mouseleave", () => show(false));
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      show(false);
    });
    return make("li", {}, button);
  });
  return rows.length ? make("ul", { class: "findings" }, rows) : null;
}

function outline(scope, index, on) {
  for (const box of scope.querySelectorAll(`[data-finding="${index}"]`)) {
    box.classList.toggle("on", on);
    const page = box.closest(".page");
    if (on && page?.parentElement.classList.contains("strip")) page.parentElement.scrollTo({ left: page.offsetLeft - page.parentElement.offsetLeft, behavior: "smooth" });
  }
}

function toggle(label, pressed, act) {
  return make("button", { type: "button", "aria-pressed": String(pressed), onclick: act }, label);
}

function choice(options, chosen, act, label) {
  return make("span", { class: "choice", role: "group", "aria-label": label }, options.map(([key, text]) => toggle(text, key === chosen, () => act(key))));
}
