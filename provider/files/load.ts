import { readFileSync } from "node:fs";
import { MalformedError } from "../schema/parse";
import type { Servers } from "../schema/server";
import type { Topology } from "../schema/topology";
import { decodeText } from "./decode";
import { readServersText, readTopologyText } from "./topology-file";

/**
 * Reads a topology file.
 *
 * @throws MalformedError with every problem and its place in the file
 */
export function loadTopologyFile(path: string): Topology {
  return readTopologyText(textOf(path), path).topology;
}

/**
 * Reads a file of servers and how to reach them.
 *
 * @throws MalformedError with every problem and its place in the file
 */
export function loadServersFile(path: string): Servers {
  return readServersText(textOf(path), path);
}

function textOf(path: string): string {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const said = code === "ENOENT" ? `there is no such file in ${process.cwd()}` : message;
    throw new MalformedError(path, [said], "can't be read");
  }
}
