import { Readable } from "node:stream";
import { runCommandLine } from "../../provider/cli/program";
import type { AskSoa } from "../../provider/servers";
import { coloursFor } from "../../provider/cli/streams";

/** How a command line ended, in this process. */
export interface CommandLineResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface CommandLineOptions {
  /** Standard input. */
  readonly input?: string | Uint8Array;
  readonly colours?: boolean;
  readonly columns?: number;
  readonly debug?: boolean;
  readonly untilStopped?: () => Promise<void>;
  readonly askSoa?: AskSoa;
}

/** Runs the command line with captured streams. */
export async function commandLine(
  args: readonly string[],
  { input = "", colours = false, columns, debug = false, untilStopped, askSoa }: CommandLineOptions = {},
): Promise<CommandLineResult> {
  const output: string[] = [];
  const errors: string[] = [];
  const code = await runCommandLine(args, {
    streams: {
      input: Readable.from([Buffer.from(input)]),
      output: { write: (text) => output.push(text) },
      errors: { write: (text) => errors.push(text) },
      colours: coloursFor(colours),
      columns,
    },
    untilStopped: untilStopped ?? (() => Promise.resolve()),
    debug,
    askSoa,
  });
  return { code, output: output.join(""), errors: errors.join("") };
}

/** One web server, two nameservers, linked directly. */
export const accepted = `
servers:
  web1: { type: cpanel, address: 192.0.2.10, hostname: web1.example.com }
  ns1: { type: dnsonly, address: 192.0.2.53, hostname: ns1.example.com }
  ns2: { type: dnsonly, address: 192.0.2.54, hostname: ns2.example.com }
links:
  - { from: web1, to: ns1, role: sync }
  - { from: web1, to: ns2, role: sync }
`;

/** The same with a link that the rules reject. */
export const rejected = `${accepted}  - { from: ns1, to: web1, role: sync }\n`;
