// Reads a member's files and the list of trusted addresses again and again, and tells what it found wrong.
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

const { member, role, list, lines, stop } = workerData;
const flag = new Int32Array(stop);
const wrong = [];
let reads = 0;

while (Atomics.load(flag, 0) === 0) {
  reads += 1;
  judge("member file", member, (text) =>
    /^#version 2\.0\nuser=root\nhost=.+\npass=\w{32}\nmodule=cPanel\ndebug=0\n$/.test(text),
  );
  judge("role file", role, (text) => ["sync", "write-only", "standalone"].includes(text));
  judge(
    "list",
    list,
    (text) => text.startsWith(lines) && /^(192\.0\.2\.\d+\n)*$/.test(text.slice(lines.length)),
  );
}
parentPort.postMessage({ reads, wrong: wrong.slice(0, 5) });

function judge(name, place, isWhole) {
  const text = read(place);
  if (text === undefined) wrong.push(`no ${name}`);
  else if (!isWhole(text)) wrong.push(`torn ${name}: ${JSON.stringify(text.slice(-80))}`);
}

function read(place) {
  try {
    return readFileSync(place, "utf8");
  } catch {
    return undefined;
  }
}
