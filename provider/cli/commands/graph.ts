import { writeFile } from "node:fs/promises";
import { renderTopology, type RenderFormat } from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { fileProblem } from "../file-problem";
import { readTopologyFile } from "../read-topology-file";
import { printable, type Streams } from "../streams";

/** What `whm-dns graph` is told. */
export interface GraphOptions {
  readonly format: RenderFormat;
  /** Path of the file to write; standard output when absent. */
  readonly output?: string;
}

/** Draws a topology file with its findings; a rejected one is drawn too. */
export async function graph(
  file: string,
  { format, output }: GraphOptions,
  streams: Streams,
): Promise<ExitCode> {
  const { topology } = await readTopologyFile(file, streams);
  const drawing = `${printable(await draw(topology, format)).trimEnd()}\n`;
  if (output === undefined) streams.output.write(drawing);
  else await save(output, drawing);
  return exitCodes.accepted;
}

async function draw(topology: Parameters<typeof renderTopology>[0], format: RenderFormat): Promise<string> {
  return renderTopology(topology, format);
}

async function save(path: string, drawing: string): Promise<void> {
  try {
    await writeFile(path, drawing);
  } catch (error) {
    throw fileProblem("write", path, error);
  }
}
