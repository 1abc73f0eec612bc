import { randomUUID } from "node:crypto";
import type { Survey } from "../../survey";
import { classify } from "../../topology";
import { dynamicType } from "../look/stack";
import type { ClusterProgram } from "./cluster-program";
import { declaredResources, inOrder, kindOf, type DeclaredResource, type Place } from "./declared-resources";
import { stackOutputs } from "./program-text";
import { resourceContents } from "./resource-contents";
import { secretValue } from "../state-secrets";

/** What a state is made from. */
export interface StateSource {
  readonly clusters: readonly ClusterProgram[];
  readonly survey: Survey;
  readonly place: Place;
  /** Whether the stack owns what it adopts: deleting a resource then deletes the thing. */
  readonly owned: boolean;
}

/** A resource as a state holds it. */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly [property: string]: unknown;
}

const component = "whm:index:DnsCluster";

/**
 * Makes the resources of a state in which a stack has everything that its program declares. The engine then finds
 * nothing to do. Secrets are in clear; importing the state encrypts them.
 */
export async function stateOf(source: StateSource): Promise<object[]> {
  const { clusters, place } = source;
  const root = urn(place, "pulumi:pulumi:Stack", `${place.project}-${place.stack}`);
  const servers = { "whm:servers": secretValue(place.servers) };
  const provider = {
    urn: urn(place, "pulumi:providers:pulumi-nodejs", "default"),
    type: "pulumi:providers:pulumi-nodejs",
    custom: true,
    id: randomUUID(),
    inputs: servers,
    outputs: servers,
  };
  const outputs = stackOutputs(clusters, clusters.map(shapeOf));
  const parts = await inTurn(clusters, (cluster) => clusterResources(cluster, source, { root, provider }));
  return [{ urn: root, type: "pulumi:pulumi:Stack", custom: false, outputs }, provider, ...parts.flat()];
}

interface Surroundings {
  readonly root: string;
  readonly provider: { readonly urn: string; readonly id: string };
}

async function clusterResources(
  cluster: ClusterProgram,
  source: StateSource,
  { root, provider }: Surroundings,
): Promise<StateResource[]> {
  const declared = await declaredResources(cluster, source.place);
  const parent = urn(source.place, component, cluster.name);
  const self = {
    urn: parent,
    type: component,
    custom: false,
    parent: root,
    outputs: { shape: shapeOf(cluster) },
  };
  const dependedOn = new Map<string, string>();
  const urnOf = ({ type, name }: DeclaredResource): string => urn(source.place, `${component}$${type}`, name);
  const urns = {
    gate: urn(source.place, `${component}$${dynamicType}TopologyGate`, cluster.name),
    parts: declared.filter(isPart).map(urnOf),
  };
  const resources = inOrder(declared).map((resource): StateResource => {
    const { type } = resource;
    const own = urnOf(resource);
    for (const key of keysOf(resource)) dependedOn.set(key, own);
    return {
      urn: own,
      type,
      custom: true,
      parent,
      provider: `${provider.urn}::${provider.id}`,
      ...dependencies(resource, urns, dependedOn),
      ...resourceContents(resource, { ...source, cluster }),
    };
  });
  return [self, ...resources];
}

const tokenKey = (opened: string, holder: string): string => `token ${opened}\0${holder}`;
const trustKey = (server: string, peer: string): string => `trust ${server}\0${peer}`;

/** Returns the keys by which members and trusts find a resource that they depend on. */
function keysOf(resource: DeclaredResource): string[] {
  const { server, peer, users } = resource.inputs;
  if (kindOf(resource) === "ApiToken") return users.map((user) => tokenKey(server, user));
  return kindOf(resource) === "ReverseTrust" ? [trustKey(server, peer)] : [];
}

/** Whether a resource stands for something on a server. */
function isPart(resource: DeclaredResource): boolean {
  return !["TopologyGate", "ClusterProof"].includes(kindOf(resource));
}

function dependencies(
  resource: DeclaredResource,
  { gate, parts }: { readonly gate: string; readonly parts: readonly string[] },
  dependedOn: ReadonlyMap<string, string>,
): object {
  const { server, peer } = resource.inputs;
  const kind = kindOf(resource);
  if (kind === "TopologyGate") return {};
  if (kind === "ClusterProof") return { dependencies: [gate, ...parts] };
  const [opened, holder] = kind === "ReverseTrust" ? [server, peer] : [peer, server];
  const token = kind === "TrustedRemoteIp" ? undefined : dependedOn.get(tokenKey(opened, holder));
  const trust = kind === "DnsClusterMember" ? dependedOn.get(trustKey(server, peer)) : undefined;
  return {
    dependencies: [gate, token, trust].filter((each) => each !== undefined),
    ...(token !== undefined && { propertyDependencies: { token: [token] } }),
  };
}

function urn({ project, stack }: Place, type: string, name: string): string {
  return `urn:pulumi:${stack}::${project}::${type}::${name}`;
}

function shapeOf({ found }: ClusterProgram): string | null {
  return classify(found.topology);
}

/** Runs one cluster at a time: the engine's library knows one run in a process. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
