// One video that is played, and looked through picture by picture; stands behind pieces.js in the same script.
// It has no controls of the browser: they would lie over what is looked at, and none of them knows single pictures.

const clock = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;

// `film` is a file of the manifest; `layer` lies over its pictures; `lost` is called when it cannot be played.
function player(film, source, { label, poster, layer, act, lost }) {
  const rate = film.frames_per_second || 30;
  const video = make("video", { src: source, width: film.width, height: film.height, poster, preload: "auto", playsinline: true, "aria-label": label });
  const start = make("button", { type: "button", class: "start", "aria-label": word("play"), title: word("play") }, "▶");
  const along = make("input", { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": word("frames") });
  const told = make("output", { class: "told" }, clock(0));
  const marks = make("div", { class: "marks", "aria-hidden": "true" });
  const shown = make(act ? "button" : "div", { class: "picture", type: act ? "button" : null, title: act ? word("toggle") : null, onclick: act || null, tabindex: -1 }, video, layer);
  shown.style.aspectRatio = film.width + " / " + film.height;
  const last = () => Math.max(0, Math.round((video.duration || 0) * rate) - 1);
  const now = () => Math.min(last(), Math.floor(video.currentTime * rate + 1e-3));
  // The middle of a picture's time: its beginning may still show the one before.
  const seek = (frame) => { video.currentTime = (Math.min(Math.max(frame, 0), last()) + 0.5) / rate; };
  const tell = () => {
    along.value = now();
    along.setAttribute("aria-valuetext", `${clock(video.currentTime)}, ${word("frame")} ${now() + 1}`);
    told.textContent = `${clock(now() / rate)} · ${now() + 1}/${last() + 1}`;
  };
  const follow = () => { tell(); if (!video.paused) requestAnimationFrame(follow); };
  const toggle = () => (video.paused ? video.play().catch(() => {}) : video.pause());
  const sign = () => {
    start.textContent = video.paused ? "▶" : "❚❚";
    start.setAttribute("aria-label", word(video.paused ? "play" : "pause"));
    follow();
  };
  video.addEventListener("loadedmetadata", () => {
    along.max = last();
    marks.replaceChildren(...(film.scenes || []).slice(1).map((second) => {
      const tick = make("i", {});
      tick.style.left = (100 * second) / video.duration + "%";
      return tick;
    }));
    tell();
  });
  for (const name of ["play", "pause", "ended"]) video.addEventListener(name, sign);
  video.addEventListener("seeked", tell);
  video.addEventListener("error", () => lost?.(shown));
  start.addEventListener("click", toggle);
  along.addEventListener("input", () => { video.pause(); seek(Number(along.value)); });
  const node = make("div", { class: "player" }, shown, make("div", { class: "scrub" }, start, make("div", { class: "track" }, along, marks), told));
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const scenes = (film.scenes || [0]).map((second) => Math.round(second * rate));
    const steps = {
      ArrowLeft: () => now() - (event.shiftKey ? 10 : 1), ArrowRight: () => now() + (event.shiftKey ? 10 : 1), Home: () => 0, End: last,
      ArrowUp: () => scenes.filter((frame) => frame < now()).pop() ?? 0, ArrowDown: () => scenes.find((frame) => frame > now()) ?? last(),
    };
    if (event.key === " " && event.target !== start) { event.preventDefault(); toggle(); return; }
    if (!steps[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    video.pause();
    seek(steps[event.key]());
  });
  return { node, video, frame: now, seek };
}
