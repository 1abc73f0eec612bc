import type { DynamicType } from "../../provider/resources/dynamic";
import type { startSimulator } from "../../provider/simulator";
import type { CreatedResource } from "../helpers/provider-process";
import type { Leftover } from "./leftover";

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
  /** What somebody else has made, and inputs that take it over. */
  adoption?: {
    files: PlacedFiles;
    inputs: (secrets: readonly string[]) => Inputs;
    /** The deletion brings back what was there; else it is the same as without an adoption. */
    isGivenBack: boolean;
  };
  /** What cannot be tidied up after a blow at some steps of some actions. */
  leaves?: readonly (Leftover & { actions: readonly Action[] })[];
}

/** Texts by server and path. */
export type PlacedFiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Action = "create" | "read" | "update" | "replace" | "delete" | "adopt" | "delete adopted";

/** Of these the steps of a first contact are tried as well; it is the same for the others. */
export const firstContacts: readonly Action[] = ["create", "read", "delete"];

/** What can be done with a subject. */
export function actionsOf({ changed, replaced, adoption }: Subject): Action[] {
  return [
    "create",
    "read",
    ...(changed ? (["update"] as const) : []),
    ...(replaced ? (["replace"] as const) : []),
    "delete",
    ...(adoption ? (["adopt"] as const) : []),
    ...(adoption?.isGivenBack ? (["delete adopted"] as const) : []),
  ];
}
