import * as pulumi from "@pulumi/pulumi";
import { mergedTopology, withoutUnusedServers } from "../topology";
import { isPartOfCluster } from "./composition";
import { declared, linkTopologies, topologyOf, type Declared, type LinkDeclarations } from "./declared";
import { linksElsewhere } from "./links-elsewhere";
import { providerOf } from "./plain-servers";
import { TopologyGate } from "./topology-gate";
import { sharedVerdict } from "./verdict";

/**
 * Has a resource that is declared by itself wait for the gate of the links of its provider. The gate exists only when
 * everything is declared and judged. One gate a provider, and no wait for the others: a token declared here may be what
 * another provider logs in with.
 */
export function behindGate(
  opts: pulumi.CustomResourceOptions | undefined,
  type: string,
): pulumi.CustomResourceOptions {
  if (isPartOfCluster()) return opts ?? {};
  const everything = declared();
  const provider = providerOf(opts, type);
  const gates = sharedVerdict().then((rejection) => gatesFor(everything, provider, rejection));
  return pulumi.mergeOptions(opts, { dependsOn: gates });
}

function gatesFor(
  everything: Declared,
  provider: pulumi.ProviderResource | undefined,
  rejection: string | undefined,
): pulumi.Resource[] {
  if (rejection !== undefined) {
    everything.rejectingGate ??= rejectingGate(everything, rejection);
    return [];
  }
  const declarations = everything.linkByLink.get(provider);
  if (!declarations || declarations.links.length + declarations.trusts.length === 0) return [];
  const gate = everything.gates.get(provider) ?? acceptingGate(everything, declarations, provider);
  everything.gates.set(provider, gate);
  return [gate];
}

/** Its name tells nothing of the provider: a provider may be renamed without any change of a resource. */
function acceptingGate(
  everything: Declared,
  declarations: LinkDeclarations,
  provider: pulumi.ProviderResource | undefined,
): TopologyGate {
  const place = [...everything.linkByLink.keys()].indexOf(provider);
  const others = [...everything.linkByLink.values()].filter((each) => each !== declarations).map(topologyOf);
  // A provider may know many more servers than the program links.
  const topology = withoutUnusedServers(topologyOf(declarations));
  const elsewhere = linksElsewhere(topology, [...everything.clusters, ...others]);
  return new TopologyGate(
    place === 0 ? "links" : `links-${place + 1}`,
    { topology, linkByLink: true, elsewhere },
    provider && { provider },
  );
}

/**
 * Fails the plan also where the engine skips the checks of the links' own provider, as it does at a preview while
 * connection details are not known. The default provider has the stack's configuration, and that is known always.
 */
function rejectingGate(everything: Declared, rejection: string): TopologyGate {
  const topology = mergedTopology([], linkTopologies(everything));
  return new TopologyGate("links", { topology, rejection });
}
