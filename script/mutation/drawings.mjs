import { group } from "./group.mjs";

export default group("drawings", ["provider/topology/render/**/*.ts", "provider/topology/model/compare.ts"]);
