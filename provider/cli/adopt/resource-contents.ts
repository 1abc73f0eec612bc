import type { Survey } from "../../survey";
import { entryOf, type ClusterProgram } from "./cluster-program";
import {
  adoptedMark,
  kindOf,
  type DeclaredInputs,
  type DeclaredResource,
  type Kind,
} from "./declared-resources";
import { secretValue } from "../state-secrets";

/** What a state says of a resource beyond its inputs. */
interface Made {
  readonly id: string;
  /** Server that the resource is on. */
  readonly host: string;
  /** Outputs that are not inputs. */
  readonly outputs: object;
}

/** Where the values come from. */
export interface Contents {
  readonly cluster: ClusterProgram;
  readonly survey: Survey;
  /** Whether the stack owns what it adopts: deleting a resource then deletes the thing. */
  readonly owned: boolean;
}

/** Returns id, inputs and outputs of a resource, with what stands on the servers. */
export function resourceContents(resource: DeclaredResource, contents: Contents): object {
  const { inputs } = resource;
  const kind = kindOf(resource);
  if (kind === "TopologyGate")
    return {
      id: "gate",
      inputs,
      outputs: { ...repeated(inputs), hosts: hostMarks(inputs, contents.survey) },
    };
  const adopted = contents.owned ? {} : { adopted: true };
  if (kind === "ClusterProof") return { id: "proof", inputs, outputs: { ...inputs, ...adopted } };
  const { id, host, outputs } = made[kind](inputs, contents);
  const mark = contents.survey.servers.get(host)?.hostMark;
  return {
    id,
    inputs,
    outputs: {
      ...repeated(inputs),
      ...outputs,
      written: adoptedMark,
      ...adopted,
      ...(mark !== undefined && { host: mark }),
    },
    ...(kind !== "TrustedRemoteIp" && { additionalSecretOutputs: ["token"] }),
  };
}

const made: Record<
  Exclude<Kind, "TopologyGate" | "ClusterProof">,
  (inputs: DeclaredInputs, contents: Contents) => Made
> = {
  ApiToken: ({ server, users }, { cluster }) => {
    const { token, secret } = entryOf(cluster, server, users[0] ?? "");
    const { name, createTime = 0 } = token;
    const outputs = { tokenName: name, createTime, token: secretValue(secret) };
    return { id: `${server}/${name}`, host: server, outputs };
  },
  TrustedRemoteIp: ({ server, address }, { owned }) => ({
    id: `${server}/${address}`,
    host: server,
    outputs: owned ? { stood: "file" } : { stood: "line" },
  }),
  DnsClusterMember: ({ server, peerAddress }) => ({
    id: `${server}/${peerAddress}`,
    host: server,
    outputs: { user: "root" },
  }),
  ReverseTrust: ({ peer, serverAddress }) => ({
    id: `${peer}/${serverAddress}`,
    host: peer,
    outputs: { user: "root" },
  }),
};

/** Returns the outputs that repeat inputs. Inputs that only say how to write are not kept. */
function repeated(inputs: DeclaredInputs): object {
  const { __judged: _judged, mayCycle: _cycle, mayAddIntermediary: _add, ...outputs } = inputs;
  return outputs;
}

function hostMarks({ topology }: DeclaredInputs, { servers }: Survey): object {
  const names = Object.keys(topology.servers);
  const marks = names.map((name) => [name, servers.get(name)?.hostMark] as const);
  return Object.fromEntries(marks.filter(([, mark]) => mark !== undefined));
}
