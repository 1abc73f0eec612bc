import { resolve } from "node:path";
import { runCommand } from "./helpers/run-command";

jest.setTimeout(300_000);

describe("npm start", () => {
  test("[E] every step of the demo succeeds and is printed with its time", async () => {
    const demo = await runCommand(process.execPath, ["script/start.mjs"], {
      folder: resolve(__dirname, ".."),
    });
    expect(demo).toMatchObject({ code: 0, stderr: "" });
    for (const step of [1, 2, 3, 4, 5, 6]) expect(demo.stdout).toMatch(new RegExp(`^${step}\\. `, "m"));
    expect(demo.stdout.match(/^ +\((?:\d+ min \d+|\d+\.\d) s\)$/gm)).toHaveLength(6);
    expect(demo.stdout).toContain("[sync-back]");
    expect(demo.stdout).toContain("web1 (cPanel & WHM)");
    expect(demo.stdout).toMatch(/Every step held/);
  });
});
