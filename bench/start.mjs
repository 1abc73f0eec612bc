// How much longer a command takes than Node itself. Judging a file needs neither Pulumi nor the clients for SSH and HTTPS.
import { spawnSync } from "node:child_process";

const validate = ["bin/whm-dns.js", "validate", "examples/direct-links/cluster.yaml"];

/** Seconds of CPU that `validate` may take on top of `node -e 0`. */
const most = 0.5;

/** Measures both in turn, so that other work on the machine slows both. Returns a line for a limit that is broken. */
export default function run() {
  const rounds = Array.from({ length: 9 }, () => ({ node: cpuOf(["-e", "0"]), command: cpuOf(validate) }));
  const [node, command] = ["node", "command"].map((key) => median(rounds.map((round) => round[key])));
  const more = command - node;
  const ratio = (command / node).toFixed(1);
  console.log(
    `validate: ${command.toFixed(2)} s, node -e 0: ${node.toFixed(2)} s, ratio ${ratio}, ${more.toFixed(2)} s more`,
  );
  return more > most
    ? [`validate takes ${more.toFixed(2)} s of CPU more than node -e 0, at most ${most}`]
    : [];
}

function cpuOf(args) {
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", 'TIMEFORMAT="%U %S"; time "$@"', "bash", process.execPath, ...args],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  const [user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return user + system;
}

function median(numbers) {
  return [...numbers].sort((left, right) => left - right)[numbers.length >> 1];
}
