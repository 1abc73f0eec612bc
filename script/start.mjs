// npm start: sets up, then shows a DNS cluster's whole life on simulated servers.
import { runMain } from "./shared/failure.mjs";
import { setUp } from "./setup/set-up.mjs";

await runMain(async () => {
  const { engine } = await setUp({ engine: true });
  // Only now: the demo needs the packages and the compiled package that the set-up has just put there.
  const { runDemo } = await import("./demo/run-demo.mjs");
  await runDemo(engine);
});
