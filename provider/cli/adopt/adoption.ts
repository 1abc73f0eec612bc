import type { Found, Survey } from "../../survey";
import type { AdoptOptions } from "./adopt-options";
import type { ClusterProgram } from "./cluster-program";
import type { TargetStack } from "./target-stack";

/** What a look at the servers gave, and where it goes. */
export interface Adoption {
  readonly options: AdoptOptions;
  readonly project: string;
  readonly target: TargetStack | undefined;
  readonly date: string;
  readonly survey: Survey;
  readonly found: Found;
  readonly clusters: readonly ClusterProgram[];
  /** Value of `whm:servers`. */
  readonly servers: string;
}
