import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Servers } from "../../provider/schema/server";
import { apiTokenList, ServerRegistry } from "../../provider/servers";
import { runCommand } from "../helpers/run-command";
import { accepted, rejected } from "./helpers";

const repository = join(__dirname, "../..");
const { version, bin } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  version: string;
  bin: Record<string, string>;
};

// The compiled command as a process of its own: `npm test` compiles it first.
const main = join(repository, "dist/cli/main.js");
const whmDns = (args: string[], input?: string) =>
  runCommand(process.execPath, [main, ...args], { ...(input !== undefined && { input }) });

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

describe("the compiled command", () => {
  test("[I] can be started as a program", async () => {
    expect(await runCommand(join(repository, bin["whm-dns"]!), ["--version"])).toMatchObject({
      code: 0,
      stdout: `${version}\n`,
    });
  });

  test.each<[number, string, string[], string]>([
    [0, "an accepted topology", ["validate", "-"], accepted],
    [1, "a rejected topology", ["validate", "-"], rejected],
    [2, "a malformed topology", ["validate", "-"], "servers: 1"],
    [2, "a file that is not there", ["validate", "/nowhere"], ""],
    [2, "an unknown command", ["vaildate"], ""],
    [0, "a drawing of a rejected topology", ["graph", "-", "--format", "mermaid"], rejected],
    [0, "the table of rules", ["rules"], ""],
    [0, "a completion", ["completion", "bash"], ""],
  ])("[I] exits with %i for %s", async (expected, _title, args, input) => {
    const { code, stdout, stderr } = await whmDns(args, input);
    expect(code).toBe(expected);
    expect(expected === 2 ? stdout : stderr).toBe("");
    expect(expected === 2 ? stderr : stdout).not.toBe("");
    expect(stdout + stderr).not.toMatch(/\u001b|^\s+at /m);
  });

  test("[I] reads a file by its path", async () => {
    const file = join(folder, "cluster.yaml");
    writeFileSync(file, accepted);
    expect((await whmDns(["validate", file])).stdout).toContain(`${file}: accepted, shape direct`);
  });

  test("[I] says that its output can't be written", async () => {
    const { code, stderr } = await runCommand("bash", [
      "-c",
      '"$0" "$1" rules > /dev/full',
      process.execPath,
      main,
    ]);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/^Failed to write to standard output: ENOSPC\b/) as string,
    });
  });

  test("[I] does not fail when the reader of its output stops early", async () => {
    const child = spawn(process.execPath, [main, "rules", "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, errors: Buffer.concat(errors).toString() }).toEqual({ code: 0, errors: "" });
  });
});

test("[I] validate still exits with 1 for a rejected topology when the reader of its output stops early", async () => {
  const servers = Array.from(
    { length: 3000 },
    (_, at) => `  web${at}: { type: cpanel, address: 10.0.${at >> 8}.${at & 255} }`,
  );
  const links = Array.from({ length: 3000 }, (_, at) => `  - { from: web${at}, to: nobody, role: sync }`);
  writeFileSync(join(folder, "many.yaml"), ["servers:", ...servers, "links:", ...links].join("\n"));
  const { stdout } = await runCommand("bash", [
    "-c",
    '"$0" "$1" validate "$2" | head -c 10 > /dev/null; echo "${PIPESTATUS[0]}"',
    process.execPath,
    main,
    join(folder, "many.yaml"),
  ]);
  expect(stdout).toBe("1\n");
});

describe("simulate as a process", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "[I] %s makes it close every port and exit with 0",
    async (signal) => {
      const { child, servers } = await startSimulate();
      const port = servers["ns1"]!.api!.port!;
      expect(await isOpen(port)).toBe(true);
      child.kill(signal);
      expect(await once(child, "close")).toEqual([0, null]);
      expect(await isOpen(port)).toBe(false);
    },
  );

  test("[I] writes a file that only its owner can read, with working API and SSH credentials for every server", async () => {
    const { file, servers } = await startSimulate();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const directory = new ServerRegistry(servers);
    try {
      for (const name of Object.keys(servers)) {
        const server = directory.get(name);
        expect(await apiTokenList(server.api)).toHaveLength(1);
        expect(await (await server.files()).read("/usr/local/cpanel/version")).toBeDefined();
      }
    } finally {
      await directory.close();
    }
  });

  test("[I] exits with 0 when it is stopped while clients are connected", async () => {
    const { child, servers } = await startSimulate();
    const socket = connect(servers["web1"]!.connection!.port!, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "data");
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
  });
});

interface RunningSimulate {
  child: ChildProcess;
  file: string;
  servers: Servers;
}

/** Starts `simulate --out` and waits until it says that it is ready. */
async function startSimulate(): Promise<RunningSimulate> {
  const file = join(folder, "servers.json");
  const child = spawn(process.execPath, [main, "simulate", "--out", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  await new Promise<void>((resolve, reject) => {
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes("Ctrl-C")) resolve();
    });
    child.once("exit", () => reject(new Error(`simulate ended early: ${told}`)));
  });
  expect(existsSync(file)).toBe(true);
  return { child, file, servers: JSON.parse(readFileSync(file, "utf8")) as Servers };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
