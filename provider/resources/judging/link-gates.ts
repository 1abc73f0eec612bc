import * as pulumi from "../sdk";
import { withoutUnusedServers } from "../../topology";
import { keptLinks } from "./applied-parts";
import { currentCluster } from "../program/current-cluster";
import { program, topologyOf } from "../program/program";
import type { Program, LinkDeclarations, LinkGate } from "../program/declarations";
import { linksElsewhere } from "./links-elsewhere";
import { providerOf } from "../program/plain-servers";
import { refusalOf, TopologyGate } from "./topology-gate";
import { sharedVerdict } from "./verdict";
import { warnOfDrains } from "./warn-of-drains";

// Third on the way of a link: makes its resource wait for the gate that its links pass together.

/**
 * Makes a resource that is declared by itself wait for the gate of its provider's links. The gate exists only once
 * everything is declared and judged. Each provider has its own gate and doesn't wait for the others: another provider
 * may log in with a token declared here.
 */
export function behindGate(
  opts: pulumi.CustomResourceOptions | undefined,
  type: string,
): pulumi.CustomResourceOptions {
  if (currentCluster()) return opts ?? {};
  const gates = gatesOf(providerOf(opts, type), sharedVerdict());
  const dependsOn: Promise<pulumi.Resource[]> = gates.then((found) => found.map(({ gate }) => gate));
  return pulumi.mergeOptions(opts, { dependsOn });
}

/** Returns why none of the links declared one by one may be made; undefined when they are accepted. */
export function rejectionOfLinks(
  provider: pulumi.ProviderResource | undefined,
): pulumi.Output<string | undefined> {
  const verdict = sharedVerdict();
  const gates = gatesOf(provider, verdict);
  return pulumi.output(verdict.then(async (rejection) => rejection ?? (await gates)[0]?.refusal));
}

async function gatesOf(
  provider: pulumi.ProviderResource | undefined,
  verdict: Promise<string | undefined>,
): Promise<LinkGate[]> {
  const everything = program();
  return gatesFor(everything, provider, await verdict);
}

function gatesFor(
  everything: Program,
  provider: pulumi.ProviderResource | undefined,
  rejection: string | undefined,
): LinkGate[] {
  if (rejection !== undefined) {
    everything.rejectingGate ??= rejectingGate(rejection, everything.gates.size > 0);
    return [];
  }
  const declarations = everything.linkByLink.get(provider);
  if (!declarations || declarations.links.length + declarations.trusts.length === 0) return [];
  const gate = everything.gates.get(provider) ?? acceptingGate(everything, declarations, provider);
  everything.gates.set(provider, gate);
  return [gate];
}

/** Makes a gate. Its name doesn't contain the provider's, so that a provider can be renamed without changing a resource. */
function acceptingGate(
  everything: Program,
  declarations: LinkDeclarations,
  provider: pulumi.ProviderResource | undefined,
): LinkGate {
  const place = [...everything.linkByLink.keys()].indexOf(provider);
  const others = [...everything.linkByLink.values()].filter((each) => each !== declarations).map(topologyOf);
  // A provider may know many more servers than the program links.
  const topology = withoutUnusedServers(topologyOf(declarations));
  const elsewhere = linksElsewhere(topology, [...everything.clusters, ...others]);
  warnOfDrains(topology);
  const gate = new TopologyGate(
    place === 0 ? "links" : `links-${place + 1}`,
    { topology, linkByLink: true, elsewhere, kept: keptLinks(everything, provider), ...declarations.choices },
    provider && { provider },
  );
  return { gate, refusal: refusalOf(gate, topology) };
}

/**
 * Makes a gate that fails the plan even when the engine skips the checks of the links' own provider, as in a preview
 * while connection details are unknown. The default provider has the stack's configuration, which is always known.
 *
 * @param isLate whether other links were accepted before: their gate has the usual name
 */
function rejectingGate(rejection: string, isLate: boolean): TopologyGate {
  // Its check stops at the rejection. A malformed declaration couldn't be written as a topology anyway.
  return new TopologyGate(isLate ? "links-declared-late" : "links", {
    topology: { servers: {}, links: [] },
    rejection,
  });
}
