import { adoptionOf, type Adoption } from "../../../provider/cli/adopt/adoption";
import { unclaimedThings } from "../../../provider/cli/adopt/claims-of-stack";
import { stateOf } from "../../../provider/cli/adopt/state";
import { dynamicType, type StackResource } from "../../../provider/cli/look/stack";
import { withoutStateSecrets } from "../../../provider/cli/state-secrets";
import { claimId, ServerRegistry } from "../../../provider/servers";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { surveyServers, type Survey } from "../../../provider/survey";
import { everyFile, renew } from "../../helpers/managed-servers";
import { ProviderProcess } from "../../helpers/provider-process";
import { sampleInWords, sampleOf } from "../../helpers/sample";
import { writes } from "../../helpers/server-files";
import { smallPlace, SmallEngine, withoutSecrets } from "../../helpers/small-engine";
import { storedTokens } from "../../helpers/stored-tokens";
import { click, clickedClusters, forgetShared, serverPool, type ClickedCluster } from "./clicked-clusters";

jest.setTimeout(3_600_000);

let simulator: Simulator;
let registry: ServerRegistry;
let provider: ProviderProcess;
let fresh: Record<string, Record<string, string>>;
beforeAll(async () => {
  simulator = await startSimulator({ servers: serverPool });
  registry = new ServerRegistry(simulator.servers);
  provider = await newProvider();
  fresh = everyFile(simulator);
});
afterAll(async () => {
  await provider.stop();
  await registry.close();
  await simulator.stop();
});

const newProvider = () => ProviderProcess.start({ "whm:servers": JSON.stringify(simulator.servers) });

interface Adopted extends Adoption {
  /** Resources of the state that is imported. */
  readonly state: readonly StackResource[];
}

/** Puts a cluster on the servers and adopts it as the command does. */
async function adopt(cluster: ClickedCluster, owned = false): Promise<Adopted> {
  renew(simulator, fresh);
  forgetShared(simulator);
  click(simulator, cluster);
  const survey = await surveyServers(registry, Object.keys(cluster.topology.servers), { atOnce: 20 });
  const target = { given: "dev", exists: false, ...smallPlace };
  const options = { out: smallPlace.project, atOnce: 20 };
  const look = { options, project: smallPlace.project, target, survey: asDeclared(survey, cluster) };
  const adoption = adoptionOf({ ...look, needless: [] }, { registry, connections: simulator.servers });
  const { clusters, servers } = adoption;
  const place = { ...smallPlace, servers };
  const state = withoutStateSecrets(await stateOf({ clusters, survey, place, owned })) as StackResource[];
  return { ...adoption, state: state.filter(({ type }) => type.startsWith(dynamicType)) };
}

/** The connections of a cluster say which servers may be intermediaries. Those of the pool serve all clusters. */
function asDeclared(survey: Survey, { topology }: ClickedCluster): Survey {
  const servers = [...survey.servers].map(([name, server]) => {
    const { intermediary } = topology.servers[name]!;
    return [name, { ...server, settings: { ...server.settings, intermediary } }] as const;
  });
  return { ...survey, servers: new Map(servers) };
}

const clusters = clickedClusters();
const byName = (one: StackResource, other: StackResource) => (one.urn < other.urn ? -1 : 1);
const nameOf = ({ urn }: StackResource) => urn.split("::").at(-1)!;

describe("the state of a random cluster that was adopted", () => {
  test(`[I] is what the provider itself reads, with nothing to change or to write (${sampleInWords})`, async () => {
    for (const cluster of sampleOf(clusters, 2)) {
      const { clusters: programs, servers, state } = await adopt(cluster);
      const engine = await SmallEngine.running(provider, programs, servers, state);
      const imported = engine.resources();
      expect(imported).toHaveLength(state.length);
      await engine.refresh();
      expect(engine.resources().map(withoutSeen)).toEqual(imported);
      expect(await engine.up()).toEqual([]);
      expect(writes(simulator)).toEqual([]);
      for (const { type, outputs } of state.filter((each) => each.type.endsWith("ApiToken"))) {
        const stored = storedTokens(simulator, outputs["server"] as string);
        expect({ type, time: stored.find(({ name }) => name === outputs["tokenName"])?.create_time }).toEqual(
          {
            type,
            time: outputs["createTime"],
          },
        );
      }
    }
  });

  test(`[I] has ids, inputs, outputs, marks of servers and owners as if its program had made it (${sampleInWords})`, async () => {
    for (const cluster of sampleOf(clusters, 1)) {
      const { clusters: programs, servers, state } = await adopt(cluster, true);
      renew(simulator, fresh);
      const own = await newProvider();
      try {
        const engine = await SmallEngine.running(own, programs.map(withoutSecrets), servers);
        await engine.up();
        const made = engine.resources();
        expect(state.map(comparable).sort(byName)).toEqual(made.map(comparable).sort(byName));
        const claims = made.flatMap(({ outputs }) => (outputs["claim"] as string | undefined) ?? []);
        const ids = unclaimedThings(state).map(({ claimant }) => claimId(claimant));
        expect(ids.sort()).toEqual(claims.map((mark) => mark.split("-")[0]).sort());
      } finally {
        await own.stop();
      }
    }
  });
});

/** A gate without the note of a refresh, which has found all links as they are declared. */
function withoutSeen(resource: StackResource): StackResource {
  const { __seen: seen, ...inputs } = resource.inputs;
  if (seen !== undefined) expect(seen).toMatchObject({ links: [] });
  return { ...resource, inputs };
}

/** A resource without what differs each time it is made, and without what only a claim knows. */
function comparable(resource: StackResource): StackResource {
  const { inputs, outputs, id = "", type } = resource;
  const { claim: _claim, stood: _stood, createTime: _time, tokenName, ...kept } = outputs;
  const { host, hosts, written: _written, ...others } = kept;
  const known = {
    ...(typeof host === "string" && { host: markOf(host) }),
    ...(hosts !== undefined && {
      hosts: Object.fromEntries(
        Object.entries(hosts as Record<string, string>).map(([name, mark]) => [name, markOf(mark)]),
      ),
    }),
  };
  return {
    urn: nameOf(resource),
    type,
    id: tokenName === undefined ? id : id.replace(tokenName as string, "NAME"),
    inputs: withoutToken(inputs),
    outputs: withoutToken({ ...others, ...known }),
  };
}

/** Values without secrets, and without the mark of all writes: a proof has one in its inputs. */
const withoutToken = ({ token, writes, ...values }: StackResource["inputs"]): StackResource["inputs"] => ({
  ...values,
  ...(token !== undefined && { token: "SECRET" }),
  ...(writes !== undefined && { writes: "MARK" }),
});

/** The machine's part: the other one is the id of a register, which adopting does not make. */
const markOf = (host: string): string => host.split(".")[1]!;
