import { readFile } from "node:fs/promises";
import { decodeText } from "../files/decode";
import { fileProblem } from "./file-problem";
import { UsageError } from "./usage-error";
import type { Streams } from "./streams";

/** Returns the name of a file in messages. */
export function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

/**
 * Reads the text of a file; `-` means standard input.
 *
 * @throws UsageError when it can't be read or is not text
 */
export async function readText(file: string, input: Streams["input"]): Promise<string> {
  const bytes = await readBytes(file, input);
  try {
    return decodeText(bytes);
  } catch (error) {
    throw new UsageError(`Failed to read ${nameOf(file)}: ${(error as Error).message}.`, { cause: error });
  }
}

async function readBytes(file: string, input: Streams["input"]): Promise<Uint8Array> {
  try {
    return file === "-" ? await readAll(input) : await readFile(file);
  } catch (error) {
    throw fileProblem("read", nameOf(file), error);
  }
}

async function readAll(input: Streams["input"]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
