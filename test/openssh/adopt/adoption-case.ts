import type { AdoptedCluster } from "../../helpers/adopted-cluster";
import type { Testbed, TestbedOptions } from "../../testbed/testbed";
import type { Desk } from "./desk";

/** How a case tells `whm-dns adopt` how to reach the servers. */
export interface Reach {
  readonly flags: readonly string[];
  /** Standard input. */
  readonly input?: string;
  /** Connections that a command may open to a server, where it is more than one: a bastion. */
  readonly connections?: Readonly<Record<string, number>>;
}

/** A cluster on real servers, a way to reach it, and what adopting it says. */
export interface AdoptionCase {
  readonly title: string;
  readonly options: TestbedOptions;
  /** Makes what stands on the servers, through the back door. */
  readonly make: (testbed: Testbed) => void;
  /** Whether SSH_AUTH_SOCK leads to an agent. @default false */
  readonly hasAgent?: boolean;
  readonly reach: (desk: Desk, testbed: Testbed, cluster: AdoptedCluster) => Promise<Reach> | Reach;
  /** The first line that is printed. */
  readonly found: string;
  /** What is left alone, each without what to do about it. @default nothing */
  readonly leftAlone?: (testbed: Testbed) => readonly string[];
  /** Texts in the program. @default none */
  readonly program?: readonly string[];
}
