import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(__dirname, "..", "..");
const servers = 20;
const links = servers;

interface Sample {
  tool: Tool;
  operation: string;
  seconds: number;
  handshakes: number;
  stateBytes: number;
}

const tools = ["pulumi-whm", "floor", "engine"] as const;
type Tool = (typeof tools)[number];

// The engine takes most of the time of a small cluster, so that its own share is measured beside. What is demanded is
// about twice what was measured: only a clear regression fails.
const bounds = [
  ["apply", 3],
  ["audit", 3],
  ["destroy", 3],
  ["noop", 2],
] as const;

/** More rounds are measured where the first ones are too slow: what else the machine did, it doesn't do in all of them. */
const mostRounds = 3;

let samples: readonly Sample[] = [];

beforeAll(async () => {
  const isSlow = (): boolean => bounds.some(([operation, most]) => share(operation) >= most);
  for (let round = 1; round === 1 || (round <= mostRounds && isSlow()); round += 1) {
    samples = [...samples, ...(await measureOnce())];
    const shares = bounds.map(
      ([operation, most]) => `${operation} ${share(operation).toFixed(2)} of ${most}`,
    );
    process.stdout.write(`Speed after round ${round}: ${shares.join(", ")}\n`);
  }
}, 1_800_000);

test("[E] every operation logs in once for each server that it contacts", () => {
  const counted = ["apply", "noop", "audit", "destroy"].map((operation) => [
    operation,
    ...new Set(samplesOf("pulumi-whm", operation).map(({ handshakes }) => handshakes)),
  ]);
  expect(counted).toEqual([
    ["apply", servers],
    ["noop", 0],
    ["audit", servers],
    ["destroy", servers],
  ]);
});

test.each(bounds)(
  "[E] %s takes at most %f times as long as the engine and the steps themselves",
  (operation, most) => {
    expect(share(operation)).toBeLessThan(most);
  },
);

test("[E] a link takes at most 7 kB of state, including its token and the credentials of its server", () => {
  const [applied] = samplesOf("pulumi-whm", "apply");
  expect(applied!.stateBytes / links).toBeLessThan(7_000);
});

/** How many times as long as the engine and the steps themselves it takes. */
function share(operation: string): number {
  const bound = secondsOf("engine", operation) + secondsOf("floor", operation);
  return secondsOf("pulumi-whm", operation) / bound;
}

/** The best run: other work on the machine makes a run slower, never faster. */
function secondsOf(tool: Tool, operation: string): number {
  const found = samplesOf(tool, operation).map(({ seconds }) => seconds);
  return found.length === 0 ? 0 : Math.min(...found);
}

function samplesOf(tool: Tool, operation: string): Sample[] {
  return samples.filter((sample) => sample.tool === tool && sample.operation === operation);
}

/** One round of every tool, on servers of its own. */
async function measureOnce(): Promise<Sample[]> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-speed-"));
  const results = join(folder, "results.json");
  const peers = Object.fromEntries(tools.map((tool) => [tool, {}]));
  const only = bounds.map(([operation]) => operation);
  const plan = { servers: [servers], rounds: 1, peers, only, results };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  try {
    const script = join(repository, "bench", "peers", "rounds.mjs");
    await promisify(execFile)(process.execPath, [script, join(folder, "plan.json")], { cwd: repository });
    return JSON.parse(readFileSync(results, "utf8")) as Sample[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
