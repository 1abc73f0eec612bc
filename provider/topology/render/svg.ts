import { fontFamily, renderDot } from "./dot";
import type { Picture } from "./picture";

/** Renders an SVG image with Graphviz compiled to WebAssembly. It is large, so it is loaded only here. */
export async function renderSvg(picture: Picture): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const image = viz.renderString(renderDot(picture), { format: "svg" });
  // Families with the same widths, for systems without the one that Graphviz has measured.
  return image.replaceAll(
    `font-family="${fontFamily}"`,
    `font-family="${fontFamily},Helvetica,Liberation Sans,sans-serif"`,
  );
}
