// Bundle and render the storyboard with Remotion; print the seconds that renderMedia took, bundling left out.
// node render.mjs CHROMIUM OUTPUT
import { bundle } from "@remotion/bundler";
import { renderMedia, selectComposition } from "@remotion/renderer";
import path from "node:path";

const [browserExecutable, outputLocation] = process.argv.slice(2);
const serveUrl = await bundle({ entryPoint: path.resolve("index.jsx"), publicDir: path.resolve("public") });
const chrome = { browserExecutable, logLevel: "error", chromeMode: "chrome-for-testing" };
const composition = await selectComposition({ serveUrl, id: "story", ...chrome });
const start = performance.now();
await renderMedia({ composition, serveUrl, codec: "h264", outputLocation, concurrency: 2, crf: 18, x264Preset: "veryfast", muted: true, ...chrome });
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }));
process.exit(0);
