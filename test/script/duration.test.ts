import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runCommand } from "../helpers/run-command";

const duration = pathToFileURL(resolve(__dirname, "../../script/shared/duration.mjs")).href;

test("[U] a duration never shows sixty seconds", async () => {
  const times = [400, 59_949, 59_950, 60_000, 119_400, 119_500, 959_700];
  const program = `import { duration } from ${JSON.stringify(duration)}; console.log(${JSON.stringify(times)}.map(duration).join("\\n"));`;
  const { stdout } = await runCommand(process.execPath, ["--input-type=module", "-e", program]);
  expect(stdout.trim().split("\n")).toEqual([
    "0.4 s",
    "59.9 s",
    "1 min 0 s",
    "1 min 0 s",
    "1 min 59 s",
    "2 min 0 s",
    "16 min 0 s",
  ]);
});
