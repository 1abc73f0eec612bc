import type { TopologyInput } from "../../schema/topology";
import { compareGraphs } from "../model/compare";
import { buildGraph } from "../model/graph";
import { unlinkedServers } from "../model/parts";
import { readTopology } from "../model/read-topology";
import { validateTopology } from "../judge/validate";
import { changeCounts, changedPicture } from "./changes";
import { renderDot } from "./dot";
import { prepareDrawing } from "./drawing";
import type { Drawing } from "./drawing-type";
import { foldPicture } from "./fold";
import { markdownPage, type PageChanges } from "./markdown";
import { renderMermaid } from "./mermaid";
import { pictureOf, type Picture } from "./picture";
import { renderSvg } from "./svg";
import { renderText } from "./text";
import { changeLines, renderTextChanges } from "./text-changes";
import { verdictWords } from "../report/verdict-words";

/** The formats in which a topology can be drawn. */
export const renderFormats = ["text", "mermaid", "dot", "svg"] as const;

/** A format in which a topology can be drawn. @useDeclaredType */
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

/** What a page in Markdown is told beside its topology. */
export interface MarkdownOptions {
  /** What the topology is called: the name of its file. */
  readonly name: string;
  /** The topology before the change; without it nothing is compared. */
  readonly before?: TopologyInput;
}

/**
 * A page in Markdown, short enough for a comment of a pull request: the verdict, the findings with the ways out, what has
 * changed, and a drawing. Nothing in it that comes from the topology is read as Markdown.
 */
export function renderMarkdown(topology: TopologyInput, { name, before }: MarkdownOptions): string {
  const fresh = drawingOf(topology);
  const compared = before && compareDrawings(drawingOf(before), fresh);
  return markdownPage({
    headline: `${name}: ${verdictWords(topology, fresh.findings).join(", ")}`,
    findings: fresh.findings,
    ...(compared && { changes: compared.changes }),
    drawing: renderMermaid(foldPicture(compared?.picture ?? pictureOf(fresh))),
  });
}

function compareDrawings(old: Drawing, fresh: Drawing): { changes: PageChanges; picture: Picture } {
  const comparison = compareGraphs(old.graph, fresh.graph);
  const { servers, links, trust } = changeLines(old, fresh, comparison);
  return {
    changes: { counts: changeCounts(comparison), lines: [...servers, ...links, ...trust] },
    picture: changedPicture(pictureOf(old), pictureOf(fresh), comparison),
  };
}

function drawingOf(topology: TopologyInput): Drawing {
  const findings = validateTopology(topology);
  const declared = readTopology(topology);
  return prepareDrawing(buildGraph(declared, unlinkedServers(declared)), findings);
}

const pictureRenderers = { mermaid: renderMermaid, dot: renderDot, svg: renderSvg } as const;
