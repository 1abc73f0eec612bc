// npm run bench: every benchmark in bench/, or those that are named. Fails when a limit is broken.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { Failure, runMain } from "./shared/failure.mjs";
import { root } from "./shared/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

await runMain(async () => {
  const program = new Command("npm run bench --")
    .description("Measures how fast the package is, alone and beside its peers.")
    .argument("[names...]", `which: ${known().join(", ")}`)
    .option(
      "--servers <numbers>",
      "servers to compare the peers with: even numbers",
      numbers,
      [10, 50, 100, 200],
    )
    .option(
      "--peers <names>",
      "tools to compare: pulumi-whm, whm-dns, remote.Command, terraform, ansible, floor, engine",
      words,
    )
    .option("--rounds <number>", "how often each tool is measured; the median counts", number, 3)
    .option("--json <file>", "write the figures of the comparison there")
    .parse();
  const { args } = program;
  const names = args.length === 0 && isAboutPeers(program) ? ["peers"] : choose(args);
  await setUp({ engine: false });
  let broken = 0;
  for (const name of names) broken += await measure(name, program.opts());
  return broken > 0 ? 1 : 0;
});

/** The flags are those of the comparison: whoever gives one means it alone. */
function isAboutPeers(program) {
  return program.options.some((option) => program.getOptionValueSource(option.attributeName()) === "cli");
}

function choose(asked) {
  const unknown = asked.filter((name) => !known().includes(name));
  if (unknown.length > 0)
    throw new Failure(`No benchmark ${unknown.join(", ")}.`, "", `Known: ${known().join(", ")}.`);
  return asked.length > 0 ? asked : known();
}

function known() {
  return readdirSync(join(root, "bench"))
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => file.replace(".mjs", ""));
}

/** The number of limits that a benchmark found broken. */
async function measure(name, options) {
  console.log(`\nBenchmark: ${name}`);
  const { default: run } = await import(pathToFileURL(join(root, "bench", `${name}.mjs`)).href);
  const broken = await run(options);
  for (const limit of broken) console.log(`Broken: ${limit}`);
  return broken.length;
}

function words(text) {
  return text.split(",").map((word) => word.trim());
}

function numbers(text) {
  const found = words(text).map(number);
  if (found.some((each) => each % 2 === 1)) throw new InvalidArgumentError("Servers come in pairs.");
  return found;
}

function number(text) {
  const found = Number(text);
  if (!Number.isInteger(found) || found < 1) throw new InvalidArgumentError("A whole number from 1.");
  return found;
}
