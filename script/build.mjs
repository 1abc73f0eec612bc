// npm run build: compiles provider/ to dist/.
import { runMain } from "./shared/failure.mjs";
import { setUp } from "./setup/set-up.mjs";

await runMain(async () => {
  await setUp({ engine: false });
  console.log("dist/ is up to date");
});
