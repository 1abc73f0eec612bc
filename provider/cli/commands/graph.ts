import { writeFile } from "node:fs/promises";
import {
  renderComparison,
  renderMarkdown,
  renderTopology,
  type ImageTheme,
  type RenderFormat,
} from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { fileProblem } from "../file-problem";
import { UsageError } from "../usage-error";
import { nameOf } from "../read-text";
import { readTopologyFile } from "../read-topology-file";
import { printable, type Colours, type Streams } from "../streams";

/** Options of `whm-dns graph`. */
export interface GraphOptions {
  readonly format: RenderFormat;
  /** Colours of an SVG image; those that the reader's system prefers if absent. */
  readonly theme?: ImageTheme;
  /** Write a page for a pull request comment instead of a drawing alone. */
  readonly markdown?: boolean;
  /** Path of the topology before the change. Without it nothing is compared. */
  readonly before?: string;
  /** Path of the file to write; standard output if absent. */
  readonly output?: string;
}

/** Draws a topology file with its findings, or what has changed in it. Also draws a rejected one. */
export async function graph(file: string, options: GraphOptions, streams: Streams): Promise<ExitCode> {
  const { format, markdown, output } = options;
  const drawing = `${printable(await draw(file, options, streams)).trimEnd()}\n`;
  if (output !== undefined) await save(output, drawing);
  else streams.output.write(format === "text" && !markdown ? painted(drawing, streams.colours) : drawing);
  return exitCodes.accepted;
}

async function draw(file: string, options: GraphOptions, streams: Streams): Promise<string> {
  const { format, theme, markdown, before } = options;
  if (theme !== undefined && format !== "svg") {
    throw new UsageError("--theme is for SVG images only: leave it out, or add --format svg.");
  }
  if (before === "-" && file === "-") {
    throw new UsageError("Only one of the two files can be standard input.");
  }
  const old = before === undefined ? undefined : await readTopologyFile(before, streams);
  const { topology } = await readTopologyFile(file, streams);
  if (markdown) return renderMarkdown(topology, { name: nameOf(file), ...(old && { before: old.topology }) });
  return old
    ? renderComparison(old.topology, topology, format, theme)
    : renderTopology(topology, format, theme);
}

async function save(path: string, drawing: string): Promise<void> {
  try {
    await writeFile(path, drawing);
  } catch (error) {
    throw fileProblem("write", path, error);
  }
}

/** Colours the marks of findings and the signs of changes. */
function painted(drawing: string, colours: Colours): string {
  const { red, yellow, green, magenta } = colours;
  return drawing
    .replace(/(?<=! .*)\berror [a-z-]+/g, red)
    .replace(/(?<=! .*)\bwarning [a-z-]+/g, yellow)
    .replace(/^ {2}\+ .*/gm, green)
    .replace(/^ {2}- .*/gm, red)
    .replace(/^ {2}~ .*/gm, magenta);
}
