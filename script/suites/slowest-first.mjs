import { relative } from "node:path";
import Sequencer from "@jest/test-sequencer";
import { root } from "../shared/paths.mjs";
import { slowestFiles } from "./slowest-files.mjs";

/**
 * Has jest begin with the slowest files, so that no worker is idle while one of them is waited for at the end. Jest itself
 * knows how long files took only where they have run before.
 */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const secondsOf = ({ path }) => slowestFiles[relative(root, path)] ?? 0;
    // Sorting is stable: files of which nothing is said stay in jest's order.
    return super.sort(tests).sort((one, other) => secondsOf(other) - secondsOf(one));
  }
}
