import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terminalPicture } from "../script/docs/terminal-picture";
import { root } from "./helpers/markdown-pages";
import { runCommand } from "./helpers/run-command";

jest.setTimeout(300_000);

const preview = `
import { rejectedPlan } from "./script/docs/rejected-plan.mjs";
console.log(JSON.stringify(await rejectedPlan()));
`;

test("[E] the README's picture of a rejected plan shows what the engine prints", async () => {
  const { code, stdout, stderr } = await runCommand(
    process.execPath,
    ["--input-type=module", "-e", preview],
    {
      folder: root,
    },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { command, output } = JSON.parse(stdout) as { command: string; output: string };
  expect(terminalPicture(command, output)).toBe(
    readFileSync(join(root, "docs/pictures/rejected-plan.svg"), "utf8"),
  );
});
