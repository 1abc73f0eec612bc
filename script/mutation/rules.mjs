import { group } from "./group.mjs";

export default group("rules", [
  "provider/topology/**/*.ts",
  "!provider/topology/render/**",
  "!provider/topology/model/compare.ts",
]);
