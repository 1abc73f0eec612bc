// npm run test:mutation: how many small faults in provider/topology the tests notice; fails under 90 %. It takes half an
// hour and more. `npm run test:mutation -- rules` runs one group; other arguments go to Stryker.
import { join } from "node:path";
import { runMain } from "./shared/failure.mjs";
import { root, tool } from "./shared/paths.mjs";
import { run } from "./shared/run.mjs";

const groups = ["rules", "drawings"];

await runMain(async () => {
  const args = process.argv.slice(2);
  const asked = groups.filter((name) => args.includes(name));
  const others = args.filter((argument) => !groups.includes(argument));
  let failed = 0;
  for (const name of asked.length > 0 ? asked : groups) failed += await mutate(name, others);
  return failed > 0 ? 1 : 0;
});

async function mutate(name, args) {
  console.log(`\nMutants: ${name}`);
  const config = join(root, "script", "mutation", `${name}.mjs`);
  const { code } = await run(tool("stryker"), ["run", config, ...args], { cwd: root, echo: true });
  return code;
}
