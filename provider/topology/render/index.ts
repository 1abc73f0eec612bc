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
import type { ImageTheme } from "./svg-theme";
import { renderText } from "./text";
import { changeLines, renderTextChanges } from "./text-changes";
import { verdictWords } from "../report/verdict-words";

/** Formats in which a topology can be drawn. */
export const renderFormats = ["text", "mermaid", "dot", "svg"] as const;

/** A format in which a topology can be drawn. @useDeclaredType */
export type RenderFormat = (typeof renderFormats)[number];

/** Draws a topology with its findings. The format `svg` returns a promise; its theme is `auto` if absent. */
export function renderTopology(topology: TopologyInput, format: "text" | "mermaid" | "dot"): string;
export function renderTopology(topology: TopologyInput, format: "svg", theme?: ImageTheme): Promise<string>;
export function renderTopology(
  topology: TopologyInput,
  format: RenderFormat,
  theme?: ImageTheme,
): string | Promise<string>;
export function renderTopology(
  topology: TopologyInput,
  format: RenderFormat,
  theme?: ImageTheme,
): string | Promise<string> {
  const drawing = drawingOf(topology);
  return format === "text" ? renderText(drawing) : renderPicture(pictureOf(drawing), format, theme);
}

/**
 * Draws the differences between two topologies: what is added, removed and changed, in the topology after the change.
 * Findings are those of the topology after the change.
 *
 * @param theme colours of the format `svg`; `auto` if absent
 */
export function renderComparison(
  before: TopologyInput,
  after: TopologyInput,
  format: RenderFormat,
  theme?: ImageTheme,
): string | Promise<string> {
  const [old, fresh] = [drawingOf(before), drawingOf(after)];
  const comparison = compareGraphs(old.graph, fresh.graph);
  if (format === "text") return renderTextChanges(old, fresh, comparison);
  return renderPicture(changedPicture(pictureOf(old), pictureOf(fresh), comparison), format, theme);
}

function renderPicture(
  whole: Picture,
  format: Exclude<RenderFormat, "text">,
  theme?: ImageTheme,
): string | Promise<string> {
  const picture = foldPicture(whole);
  if (format === "svg") return renderSvg(picture, theme);
  return format === "dot" ? renderDot(picture) : renderMermaid(picture);
}

/** Settings of a Markdown page. */
export interface MarkdownOptions {
  /** Name of the topology: the name of its file. */
  readonly name: string;
  /** Topology before the change. Without it nothing is compared. */
  readonly before?: TopologyInput;
}

/**
 * Renders a Markdown page that is short enough for a pull request comment: the verdict, the findings with their fixes,
 * the changes, and a drawing. Nothing in it that comes from the topology is read as Markdown.
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
