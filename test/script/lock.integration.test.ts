import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const lockModule = pathToFileURL(join(__dirname, "../../script/shared/lock.mjs")).href;

/** Takes the lock again and again; whoever finds somebody else in it ends with an error. */
const program = `
  import { appendFileSync, mkdirSync, rmdirSync } from "node:fs";
  import { setTimeout as pause } from "node:timers/promises";
  const { withLock } = await import(${JSON.stringify(lockModule)});
  const [folder] = process.argv.slice(1);
  for (let turn = 0; turn < 3; turn += 1)
    await withLock("build", async () => {
      mkdirSync(folder + "/inside");
      await pause(20);
      rmdirSync(folder + "/inside");
      appendFileSync(folder + "/turns", ".");
    });
`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-whm-lock-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function take(): Promise<number> {
  const env = { ...process.env, PULUMI_WHM_CACHE: folder };
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, folder], { env });
  const [code] = (await once(child, "exit")) as [number];
  return code;
}

test("[I] one process at a time holds the set-up lock, also when many wait for a lock whose owner has exited", async () => {
  const gone = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(gone, "exit");
  mkdirSync(join(folder, "locks"));
  writeFileSync(join(folder, "locks", "build.lock"), `${gone.pid} left behind`);
  const codes = await Promise.all([1, 2, 3, 4, 5, 6].map(take));
  expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
  expect(readFileSync(join(folder, "turns"), "utf8")).toHaveLength(18);
  expect(readdirSync(join(folder, "locks"))).toEqual([]);
}, 60_000);
