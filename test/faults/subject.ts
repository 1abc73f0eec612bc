import type { DynamicType } from "../../provider/resources/dynamic";
import type { startSimulator } from "../../provider/simulator";
import type { CreatedResource } from "../helpers/provider-process";

type Inputs = CreatedResource["properties"];

/** A resource whose lifecycles are tried. */
export interface Subject {
  type: DynamicType;
  /** What tells it from other subjects of the same type. */
  title: string;
  servers: Parameters<typeof startSimulator>[0]["servers"];
  /** Files of those servers that have other permission bits than usual: server, path and bits. */
  modes?: readonly (readonly [server: string, path: string, mode: number])[];
  /** `whmapi1`: the provider is not told of the API, so that its functions are called on the command line. */
  door: "https" | "whmapi1";
  /** Inputs of the tokens that have to be there first. */
  tokens: readonly Inputs[];
  /** Inputs from the secrets of those tokens. */
  inputs: (secrets: readonly string[]) => Inputs;
  /** Other inputs that change it in place. */
  changed?: (secrets: readonly string[]) => Inputs;
  /** Other inputs that replace it. */
  replaced?: (secrets: readonly string[]) => Inputs;
  /** The same under another name: in one run the new one is made and the old one deleted. */
  renamed?: (secrets: readonly string[]) => Inputs;
  /** Inputs of a resource of another stack on the same thing: it comes first where this one is made, and stays longest. */
  neighbour?: (secrets: readonly string[]) => Inputs;
  /** What somebody else has made, and inputs that take it over. */
  adoption?: {
    files: PlacedFiles;
    inputs: (secrets: readonly string[]) => Inputs;
    /** The deletion brings back what was there; else it is the same as without an adoption. */
    isGivenBack: boolean;
  };
}

/** Texts by server and path. */
export type PlacedFiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Action =
  "create" | "read" | "update" | "replace" | "rename" | "delete" | "adopt" | "delete adopted";

/** Of these the steps of a first contact are tried as well; it is the same for the others. */
export const firstContacts: readonly Action[] = ["create", "read", "delete"];

/** What can be done with a subject. */
export function actionsOf({ changed, replaced, renamed, neighbour, adoption }: Subject): Action[] {
  if (neighbour) return ["create", "delete"];
  return [
    "create",
    "read",
    ...(changed ? (["update"] as const) : []),
    ...(replaced ? (["replace"] as const) : []),
    ...(renamed ? (["rename"] as const) : []),
    "delete",
    ...(adoption ? (["adopt"] as const) : []),
    ...(adoption?.isGivenBack ? (["delete adopted"] as const) : []),
  ];
}
