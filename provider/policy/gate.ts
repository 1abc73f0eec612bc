import { parse } from "../schema/parse";
import { topology as schema, type Topology } from "../schema/topology";
import { entryKeys } from "./entry";
import { plainInputs } from "./plain-inputs";
import type { SeenResource } from "./types";

/** What a program declares together: a cluster, or all its links that are declared one by one. */
export interface Gate {
  /** The cluster's name, or `links`. */
  readonly name: string;
  readonly topology: Topology;
  /** Whether each connected part of it is a cluster of its own. */
  readonly linkByLink: boolean;
  /** Links and trusts in it, under the keys of `entryKey`. */
  readonly entries: ReadonlySet<string>;
}

/**
 * Reads a TopologyGate; nothing comes back for one that `--target` leaves out before it was ever made: it has no inputs.
 *
 * @throws UnknownInputError
 * @throws MalformedError: the policies see inputs also when the resource's own check has refused them
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

/** The topology with the servers that nothing in it uses: they were declared with it all the same. */
function withServers(topology: Topology, unlinked: Topology["servers"]): Topology {
  return { ...topology, servers: { ...topology.servers, ...unlinked } };
}
