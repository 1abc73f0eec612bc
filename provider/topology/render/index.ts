import type { TopologyInput } from "../../schema/topology";
import { compareGraphs } from "../compare";
import { buildGraph } from "../graph";
import { readTopology } from "../read-topology";
import { validateTopology } from "../validate";
import { changedPicture } from "./changes";
import { renderDot } from "./dot";
import { prepareDrawing, type Drawing } from "./drawing";
import { foldPicture } from "./fold";
import { renderMermaid } from "./mermaid";
import { pictureOf } from "./picture";
import { renderSvg } from "./svg";
import { renderText } from "./text";
import { renderTextChanges } from "./text-changes";

/** The formats in which a topology can be drawn. */
export const renderFormats = ["text", "mermaid", "dot", "svg"] as const;

/** A format in which a topology can be drawn. */
export type RenderFormat = (typeof renderFormats)[number];

/** Draws a topology with its findings; an SVG image takes a moment and comes as a promise. */
export function renderTopology(topology: TopologyInput, format: "text" | "mermaid" | "dot"): string;
export function renderTopology(topology: TopologyInput, format: "svg"): Promise<string>;
export function renderTopology(topology: TopologyInput, format: RenderFormat): string | Promise<string>;
export function renderTopology(topology: TopologyInput, format: RenderFormat): string | Promise<string> {
  const drawing = drawingOf(topology);
  return format === "text" ? renderText(drawing) : pictureRenderers[format](foldPicture(pictureOf(drawing)));
}

/**
 * Draws what differs between two topologies: what is added, removed and changed, in the topology as it is after the
 * change. Findings are those of the topology after the change.
 */
export function renderComparison(
  before: TopologyInput,
  after: TopologyInput,
  format: RenderFormat,
): string | Promise<string> {
  const [old, fresh] = [drawingOf(before), drawingOf(after)];
  const comparison = compareGraphs(old.graph, fresh.graph);
  if (format === "text") return renderTextChanges(old, fresh, comparison);
  const picture = changedPicture(pictureOf(old), pictureOf(fresh), comparison);
  return pictureRenderers[format](foldPicture(picture));
}

function drawingOf(topology: TopologyInput): Drawing {
  const findings = validateTopology(topology);
  return prepareDrawing(buildGraph(readTopology(topology)), findings);
}

const pictureRenderers = { mermaid: renderMermaid, dot: renderDot, svg: renderSvg } as const;
