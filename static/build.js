// Makes static/built/: style sheets from Sass, scripts, pictures, and the list of their content marks.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const css = join(here, "css");
const built = join(here, "built");
const fontFiles = join(root, "node_modules/@fontsource/atkinson-hyperlegible-next/files");

// Only facilitators plan; a page for members, a parent's in the steering group among them, may need all the rest.
const STAFF_ONLY = ["agenda_item", "arrange_line", "clock_bar", "marked_text", "mix", "month", "opening", "run_sheet", "session_ways", "sheet", "side_bars", "tick_line", "wall"];
const FONTS = ["atkinson-400", "atkinson-700", "atkinson-400-welsh", "atkinson-700-welsh"];
// Gzipped kilobytes; a woff2 file is compressed already.
const LIMITS = { "member.css": 18, "staff.css": 30 };
const FONT_LIMIT = 16;

const mark = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);
const parts = readdirSync(join(css, "components")).map((name) => name.replace(/\.s?css$/, "")).sort();

function compile(bundle, components) {
  const uses = components.map((name) => `@use "components/${name}";`).join("\n");
  const source = `@use "${bundle}";\n${uses}\n@use "print";\n`;
  const made = sass.compileString(source, {
    loadPaths: [css, join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
    charset: false,
  });
  return made.css.replace(/url\("?([\w-]+\.woff2)"?\)/g, (_, name) => {
    const file = join(built, name);
    return `url("${name}?v=${mark(readFileSync(file))}")`;
  });
}

function placeFonts() {
  for (const name of FONTS) {
    const file = join(built, `${name}.woff2`);
    if (existsSync(file)) continue;
    const [, weight, welsh] = name.split("-");
    const set = welsh ? "latin-ext" : "latin";
    copyFileSync(join(fontFiles, `atkinson-hyperlegible-next-${set}-${weight}-normal.woff2`), file);
    console.warn(`${name}: the whole cut is used; "python static/fonts.py" makes it smaller.`);
  }
}

mkdirSync(built, { recursive: true });
placeFonts();
writeFileSync(join(built, "staff.css"), compile("staff", parts));
writeFileSync(join(built, "member.css"), compile("member", parts.filter((name) => !STAFF_ONLY.includes(name))));
for (const folder of ["js", "images"]) {
  for (const name of readdirSync(join(here, folder))) copyFileSync(join(here, folder, name), join(built, name));
}

const manifest = {};
for (const name of readdirSync(built).sort()) {
  if (name !== "manifest.json") manifest[name] = mark(readFileSync(join(built, name)));
}
writeFileSync(join(built, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

let heavy = false;
const kilobytes = (bytes) => Math.round(bytes / 102.4) / 10;
for (const [name, limit] of Object.entries(LIMITS)) {
  const weight = kilobytes(gzipSync(readFileSync(join(built, name))).length);
  console.log(`${name}: ${weight} KB gzipped, ${limit} allowed`);
  heavy ||= weight > limit;
}
const fonts = kilobytes(FONTS.slice(0, 2).reduce((sum, name) => sum + readFileSync(join(built, `${name}.woff2`)).length, 0));
console.log(`fonts: ${fonts} KB for both cuts, ${FONT_LIMIT} allowed after fonts.py`);
if (heavy) {
  console.error("A style sheet is heavier than a page may be.");
  process.exit(1);
}
