// Adds lines to a file as an editor does: reads it, writes another one beside it and puts that in its place.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const [file, lines, pause] = [process.argv[2], JSON.parse(process.argv[3]), Number(process.argv[4])];
const clock = new Int32Array(new SharedArrayBuffer(4));
for (const line of lines) {
  writeFileSync(`${file}.editor`, `${readFileSync(file, "latin1")}${line}\n`, "latin1");
  renameSync(`${file}.editor`, file);
  Atomics.wait(clock, 0, 0, pause);
}
