import type { TopologyInput } from "../../schema/topology";
import { buildGraph } from "../graph";
import { readTopology } from "../read-topology";
import { validateTopology } from "../validate";
import { renderDot } from "./dot";
import { prepareDrawing } from "./drawing";
import { renderMermaid } from "./mermaid";
import { renderSvg } from "./svg";
import { renderText } from "./text";

/** The formats in which a topology can be drawn. */
export const renderFormats = ["text", "mermaid", "dot", "svg"] as const;

/** A format in which a topology can be drawn. */
export type RenderFormat = (typeof renderFormats)[number];

/** Draws a topology with its findings; an SVG image takes a moment and comes as a promise. */
export function renderTopology(topology: TopologyInput, format: "text" | "mermaid" | "dot"): string;
export function renderTopology(topology: TopologyInput, format: "svg"): Promise<string>;
export function renderTopology(topology: TopologyInput, format: RenderFormat): string | Promise<string>;
export function renderTopology(topology: TopologyInput, format: RenderFormat): string | Promise<string> {
  const findings = validateTopology(topology);
  return renderers[format](prepareDrawing(buildGraph(readTopology(topology)), findings));
}

const renderers = { text: renderText, mermaid: renderMermaid, dot: renderDot, svg: renderSvg } as const;
