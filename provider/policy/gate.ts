import { parse } from "../schema/parse";
import { topology as schema, type Topology } from "../schema/topology";
import { entryKeys } from "./entry";
import { plainInputs } from "./plain-inputs";
import type { SeenResource } from "./types";

/** Links that a program declares together: a cluster, or all links that are declared one by one. */
export interface Gate {
  /** Name of the cluster, or `links`. */
  readonly name: string;
  readonly topology: Topology;
  /** Whether each connected part of it is a cluster of its own. */
  readonly linkByLink: boolean;
  /** Its links and trusts, under the keys of `entryKey`. */
  readonly entries: ReadonlySet<string>;
}

/**
 * Reads a TopologyGate. Returns undefined for one that `--target` leaves out before it was first made, because it has
 * no inputs.
 *
 * @throws UnknownInputError
 * @throws MalformedError because policies see inputs even if the resource's own check has refused them
 */
export function readGate({ name, props }: SeenResource): Gate | undefined {
  const inputs = plainInputs(props, ["topology", "unlinked", "linkByLink"]);
  if (inputs["topology"] === undefined) return undefined;
  const topology = withServers(
    parse(schema, inputs["topology"], `The topology of ${name}`),
    parse(schema.shape.servers, inputs["unlinked"] ?? {}, `The servers of ${name}`),
  );
  return { name, topology, linkByLink: inputs["linkByLink"] === true, entries: entryKeys(topology) };
}

/** Adds the servers that are declared with a topology and used by nothing in it. */
function withServers(topology: Topology, unlinked: Topology["servers"]): Topology {
  return { ...topology, servers: { ...topology.servers, ...unlinked } };
}
