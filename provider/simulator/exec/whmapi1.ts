import { stringify } from "yaml";
import { BrokenBatchError } from "../api/batch";
import { describeCall, runFunction } from "../api/run";
import { rootCaller } from "../authenticate";
import { Parameters } from "../parameters";
import type { ExecResult, Program, Surroundings } from "./program";

/** `whmapi1`: runs a function as root. The exit status is 0 whatever the function returns. */
export const whmapi1: Program = {
  paths: ["/usr/local/cpanel/bin/whmapi1", "/usr/sbin/whmapi1", "whmapi1"],
  prepare: (server, words) => {
    const call = parseArguments(words);
    return {
      entry: describeCall(server, call.name, call.parameters),
      run: (surroundings) => run(call, surroundings),
    };
  },
};

type Output = "yaml" | "json" | "jsonpretty";

interface CommandLineCall {
  readonly output: Output;
  readonly name: string;
  readonly parameters: Parameters;
}

function run({ name, parameters, output }: CommandLineCall, { server, effect }: Surroundings): ExecResult {
  if (name === "")
    return {
      exitCode: 0,
      stdout: "whmapi1 [--output=json|jsonpretty|yaml] FUNCTION key=value ...\n",
      stderr: "",
    };
  try {
    const envelope = runFunction(server, { name, parameters, caller: rootCaller, effect });
    return { exitCode: 0, stdout: print(envelope, output), stderr: "" };
  } catch (error) {
    // An error that keeps a function from running at all is reported without metadata.
    if (error instanceof BrokenBatchError)
      return { exitCode: 0, stdout: print({ error: error.message }, output), stderr: "" };
    throw error;
  }
}

function parseArguments(words: readonly string[]): CommandLineCall {
  const options = words.filter((word) => word.startsWith("--"));
  const [name = "", ...pairs] = words.filter((word) => !word.startsWith("--"));
  const wanted = options.map((option) => /^--output=(json|jsonpretty|yaml)$/.exec(option)?.[1]).find(Boolean);
  return { output: (wanted ?? "yaml") as Output, name, parameters: new Parameters(readPairs(pairs)) };
}

function readPairs(pairs: readonly string[]): URLSearchParams {
  const values = new URLSearchParams();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at > 0) values.append(pair.slice(0, at), decoded(pair.slice(at + 1)));
  }
  return values;
}

/** Decodes a percent-encoded value. Other text stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function print(value: unknown, output: Output): string {
  if (output === "json") return `${JSON.stringify(value)}\n`;
  if (output === "jsonpretty") return `${JSON.stringify(value, null, 3)}\n`;
  return `---\n${stringify(value)}`;
}
