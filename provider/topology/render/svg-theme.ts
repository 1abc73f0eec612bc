import { ink, paper, text } from "./colours";

/** Colours of an image: `light`, `dark`, or `auto` for whatever the reader's system prefers. */
export const imageThemes = ["auto", "light", "dark"] as const;

/** Colours of an image. @useDeclaredType */
export type ImageTheme = (typeof imageThemes)[number];

/** Turns a light image into one of a theme. */
export function withTheme(image: string, theme: ImageTheme): string {
  if (theme === "light") return image;
  if (theme === "auto")
    return image.replace(/<svg([^>]*>)/, `<svg class="${scope}"$1\n${preferredColours(image)}`);
  return image.replace(colour, (all, place: string, light: string) => {
    const dark = darkColours.get(light);
    return dark === undefined ? all : `${place}="${dark}"`;
  });
}

/** Keeps the style sheet to its image where that stands in a page. */
const scope = "whm-dns-drawing";

/** A colour as Graphviz writes it. */
const colour = /\b(fill|stroke)="(#[0-9a-f]{6})"/g;

/** Returns a style sheet with the dark colours of an image, for readers whose system prefers them. */
function preferredColours(image: string): string {
  const used = new Map(
    [...image.matchAll(colour)].map(([all, place = "", light = ""]) => [all, { place, light }]),
  );
  const rules = [...used].sort().flatMap(([all, { place, light }]) => {
    const dark = darkColours.get(light);
    return dark === undefined ? [] : [`  .${scope} [${all}] { ${place}: ${dark}; }`];
  });
  return ["<style>", "@media (prefers-color-scheme: dark) {", ...rules, "}", "</style>"].join("\n");
}

/** Every colour on dark paper, by the one on light paper. */
export const darkColours: ReadonlyMap<string, string> = new Map([
  [paper, "#0d1117"],
  [text, "#e6edf3"],
  [ink, "#b1bac4"],
  ["#dbeafe", "#132d54"],
  ["#1d4ed8", "#6ea8fe"],
  ["#dcfce7", "#10391f"],
  ["#15803d", "#4ade80"],
  ["#6b7280", "#8b949e"],
  ["#c0392b", "#ff7b72"],
  ["#9a6700", "#e3b341"],
  ["#047857", "#34d399"],
  ["#d1242f", "#ff6b78"],
  ["#7c3aed", "#bc8cff"],
  ["#1e40af", "#79b8ff"],
  ["#be185d", "#f778ba"],
  ["#0e7490", "#39c5cf"],
  ["#4d7c0f", "#a3d14d"],
  ["#6b21a8", "#d2a8ff"],
  ["#a0522d", "#f0a879"],
]);
