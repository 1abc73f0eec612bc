import { fontFamily, renderDot } from "./dot";
import { headline } from "./dot-label";
import type { Picture } from "./picture";
import { withCentredText } from "./svg-text";
import { withTheme, type ImageTheme } from "./svg-theme";

/** Families that Graphviz has not measured are narrower. */
const fontFamilies = `${fontFamily},DejaVu Sans,Helvetica,Arial,sans-serif`;

/** Renders an SVG image with Graphviz compiled to WebAssembly. It is large, so it is loaded only here. */
export async function renderSvg(picture: Picture, theme: ImageTheme = "auto"): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const image = viz.renderString(renderDot(picture), { format: "svg" });
  const inFamilies = withTitle(image, picture).replaceAll(
    `font-family="${fontFamily}"`,
    `font-family="${fontFamilies}"`,
  );
  return withTheme(withCentredText(inFamilies), theme);
}

/** Names the image, which Graphviz calls by the names in its graph, and removes its comments. */
function withTitle(image: string, { title }: Picture): string {
  return image
    .replace(/<!--[^]*?-->\s*/g, "")
    .replace("<title>cluster</title>", `<title>${headline(title)}</title>`)
    .replace("<title>cluster_drawing</title>\n", "");
}
