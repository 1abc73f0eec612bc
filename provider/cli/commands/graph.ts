import { writeFile } from "node:fs/promises";
import { renderTopology, type RenderFormat } from "../../index";
import { readTopologyFile } from "../read-topology-file";
import { exitCodes, type ExitCode, type Streams } from "../streams";

interface GraphOptions {
  format: RenderFormat;
  output?: string;
}

/** Draws a topology file with what the rules find; a rejected topology is drawn like any other. */
export async function graph(
  file: string,
  { format, output }: GraphOptions,
  streams: Streams,
): Promise<ExitCode> {
  const topology = await readTopologyFile(file, streams.stdin);
  const drawing = `${(await renderTopology(topology, format)).trimEnd()}\n`;
  if (output === undefined) streams.out(drawing);
  else await writeFile(output, drawing);
  return exitCodes.accepted;
}
