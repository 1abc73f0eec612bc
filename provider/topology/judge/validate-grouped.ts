import type { TopologyInput } from "../../schema/topology";
import type { Finding } from "./finding";
import { validateTopology } from "./validate";
import { validateDeclared } from "./validate-declared";

/** How servers and links form clusters: all of them one, or each connected part one of its own. */
export type Grouping = "one-cluster" | "link-by-link";

/** Judges one topology, as one cluster or as links that were declared one by one. */
export function validateGrouped(topology: TopologyInput, grouping: Grouping): Finding[] {
  return grouping === "one-cluster" ? validateTopology(topology) : validateDeclared([], topology);
}
