import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { runCommandLine } from "../../provider/cli/program";
import { coloursFor } from "../../provider/cli/streams";
import { commandLine } from "./helpers";

const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
  version: string;
};

describe("the command line", () => {
  test("[U] prints the version of the package", async () => {
    expect(await commandLine(["--version"])).toEqual({ code: 0, output: `${version}\n`, errors: "" });
  });

  test.each([
    [["--help"]],
    [["-h"]],
    [["validate", "--help"]],
    [["graph", "--help"]],
    [["rules", "--help"]],
    [["status", "--help"]],
    [["doctor", "--help"]],
    [["simulate", "--help"]],
    [["audit", "--help"]],
    [["affected", "--help"]],
    [["completion", "--help"]],
  ])("[U] %j shows examples and exits with 0", async (args) => {
    const { code, output, errors } = await commandLine(args);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toContain("Examples:\n  whm-dns ");
  });

  test.each<[string, string[], string]>([
    ["no command", [], "Usage: whm-dns"],
    ["an unknown command", ["valdate"], "Did you mean validate?"],
    [
      "an unknown command below another",
      ["simulate", "chnge"],
      "unknown command 'chnge'\n(Did you mean change?)",
    ],
    ["an unknown option", ["graph", "x", "--frmat", "svg"], "Did you mean --format?"],
    ["a missing file", ["validate"], "missing required argument 'file'"],
    ["a word too many", ["rules", "a", "b"], "too many arguments"],
  ])("[U] explains %s on the error stream and exits with 2", async (_title, args, sentence) => {
    const { code, output, errors } = await commandLine(args);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(sentence);
  });

  test("[U] reports an unexpected error in one sentence and exits with 3; the debug switch adds the stack", async () => {
    const quiet = await failing(false);
    expect(quiet).toEqual({
      code: 3,
      errors: "Something unexpected went wrong: the sink is gone. WHM_DNS_DEBUG=1 shows where.\n",
    });
    const loud = await failing(true);
    expect(loud.code).toBe(3);
    expect(loud.errors).toMatch(/^Error: the sink is gone\n {4}at /);
  });
});

async function failing(debug: boolean): Promise<{ code: number; errors: string }> {
  const errors: string[] = [];
  const output = {
    write: () => {
      throw new Error("the sink is gone");
    },
  };
  const code = await runCommandLine(["rules"], {
    streams: {
      input: Readable.from([]),
      output,
      errors: { write: (text) => errors.push(text) },
      colours: coloursFor(false),
    },
    untilStopped: () => Promise.resolve(),
    debug,
  });
  return { code, errors: errors.join("") };
}
