import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { servers as serversSchema } from "../../provider/schema/servers";
import { ServerDirectory } from "../../provider/servers";
import { runCommand } from "../helpers/run-command";

const main = resolve(__dirname, "../../dist/cli/main.js");
const whmDns = (words: string[], input?: string) =>
  runCommand(process.execPath, [main, ...words], input === undefined ? {} : { input });

describe("the command whm-dns as a process", () => {
  test.each([
    [0, "{ from: web1, to: ns1, role: sync }"],
    [1, "{ from: ns1, to: web1, role: sync }"],
    [2, "{ from: ns1, to: web1, role: both }"],
  ])("[I] validate ends with %i for the link %s", async (code, link) => {
    const text = `servers: { web1: { type: cpanel, address: 192.0.2.10 }, ns1: { type: dnsonly, address: 192.0.2.53 } }\nlinks: [ ${link} ]\n`;
    expect((await whmDns(["validate", "-"], text)).code).toBe(code);
  });

  describe("simulate", () => {
    let folder: string;
    let running: ChildProcess | undefined;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "whm-dns-simulate-"));
    });
    afterEach(() => {
      running?.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    });

    test.each(["SIGINT", "SIGTERM"] as const)(
      "[I] serves what it wrote to --out until %s, then ends with 0",
      async (signal) => {
        const out = join(folder, "servers.json");
        running = spawn(process.execPath, [main, "simulate", "--out", out], {
          stdio: ["ignore", "pipe", "pipe"],
        });
        const printed: string[] = [];
        for await (const line of createInterface({ input: running.stderr! })) {
          printed.push(line);
          if (line.startsWith("Running until")) break;
        }
        expect(statSync(out).mode & 0o777).toBe(0o600);
        const settings = serversSchema.parse(JSON.parse(readFileSync(out, "utf8")));
        expect(Object.keys(settings)).toEqual(["web1", "ns1", "ns2"]);
        expect(printed.join("\n")).not.toContain(settings["ns1"]?.api?.token);

        const directory = new ServerDirectory(settings);
        const files = await directory.get("web1").files();
        expect(await files.read("/etc/ips.remotedns")).toBeUndefined();
        await directory.close();

        running.kill(signal);
        expect(await once(running, "exit")).toEqual([0, null]);
      },
    );
  });
});
