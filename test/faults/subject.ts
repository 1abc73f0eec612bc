import type { DynamicType } from "../../provider/resources/dynamic";
import type { startSimulator } from "../../provider/simulator";
import type { CreatedResource } from "../helpers/provider-process";
import type { begunLine } from "./begun-line";

type Inputs = CreatedResource["properties"];

/** A resource whose lifecycles are tried. */
export interface Subject {
  type: DynamicType;
  /** What tells it from other subjects of the same type. */
  title: string;
  servers: Parameters<typeof startSimulator>[0]["servers"];
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
  /** What a kill at one kind of step leaves behind after the deletion. */
  leaves?: typeof begunLine;
}

export type Action = "create" | "read" | "update" | "replace" | "delete";

/** What can be done with a subject. */
export function actionsOf({ changed, replaced }: Subject): Action[] {
  return [
    "create",
    "read",
    ...(changed ? (["update"] as const) : []),
    ...(replaced ? (["replace"] as const) : []),
    "delete",
  ];
}
