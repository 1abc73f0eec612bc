import { readFileSync } from "node:fs";
import { parse, type Font } from "opentype.js";

// Real fonts, to measure text as a reader sees it.

/** A family as a system has it. */
export interface Family {
  readonly regular: Font;
  readonly bold: Font;
}

const load = (path: string): Font => {
  const { buffer, byteOffset, byteLength } = readFileSync(require.resolve(path));
  return parse(buffer.slice(byteOffset, byteOffset + byteLength));
};

/** The widest and the narrowest of the usual families: DejaVu Sans, and Arimo, which is as wide as Arial and Liberation Sans. */
export const families: Readonly<Record<string, Family>> = {
  "DejaVu Sans": {
    regular: load("@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff"),
    bold: load("@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff"),
  },
  Arimo: {
    regular: load("@fontsource/arimo/files/arimo-latin-400-normal.woff"),
    bold: load("@fontsource/arimo/files/arimo-latin-700-normal.woff"),
  },
};

/** The width of a text in a family. What the family lacks is as wide as it is high, as in most fallbacks. */
export function widthOf(text: string, { regular, bold }: Family, size: number, isBold: boolean): number {
  const font = isBold ? bold : regular;
  const widths = [...text].map((character) => {
    const glyph = font.charToGlyph(character);
    return glyph.index === 0 ? size : ((glyph.advanceWidth ?? 0) * size) / font.unitsPerEm;
  });
  return widths.reduce((sum, width) => sum + width, 0);
}
