import { renderDot } from "./dot";
import type { Drawing } from "./drawing";

/** An SVG image, drawn by Graphviz compiled to WebAssembly; it is large, so it is loaded only here. */
export async function renderSvg(drawing: Drawing): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return viz.renderString(renderDot(drawing), { format: "svg" });
}
