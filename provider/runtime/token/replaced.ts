import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";
import { apiTokenList, type ApiTokenDetails, type Server } from "../../servers";
import { isNamedAfter } from "./name";

// A rotation deletes the old token by its old state alone, and so does a destruction. They must not be confused: one leaves
// the newer token alone, the other revokes it, because only a killed run can have left it. What the engine has asked for in
// this process tells them apart, and beside it the time of the token: a provider that was renamed has two processes.

/** What the program of this run says of a token that it still declares. */
type Declared = Pick<ApiTokenInputs, "logicalName" | "keepOldFor">;

/** By the resource's name in the state. */
const declared = new Map<string, Declared>();

/**
 * Remembers what the engine shows in a diff. A token that is replaced in the same run is deleted by its old state, which
 * knows nothing of a `keepOldFor` that was declared together with the rotation.
 */
export function rememberDeclared(state: ApiTokenState, inputs: ApiTokenInputs): void {
  for (const name of [state.logicalName, inputs.logicalName]) remember(name, inputs);
}

/** Remembers a token that this run makes: the engine asks for no diff when it is told to replace one. */
export function rememberMade(inputs: ApiTokenInputs): void {
  if (!declared.has(inputs.logicalName)) remember(inputs.logicalName, inputs);
}

function remember(name: string, { logicalName, keepOldFor }: ApiTokenInputs): void {
  declared.set(name, { logicalName, keepOldFor });
}

/** Returns for how long the program keeps a token that is replaced; undefined if it does not. */
export function declaredKeeping(state: ApiTokenState): string | undefined {
  return (declared.get(state.logicalName) ?? state).keepOldFor;
}

/** Whether the resource of a token goes on in this run, so that a deletion is part of its rotation. */
export function goesOn(state: ApiTokenState): boolean {
  return declared.has(state.logicalName);
}

/** Whether a server has a token that was made later for the same resource and has come in this one's place. */
export async function isReplaced(server: Server, state: ApiTokenState): Promise<boolean> {
  const owners = [state, { ...state, ...declared.get(state.logicalName) }];
  const later = (await apiTokenList(server.api)).filter(
    ({ name, createTime = 0 }) =>
      createTime > state.createTime && owners.some((owner) => isNamedAfter(owner, name)),
  );
  return later.some((token) => goesOn(state) || isOfThisRun(server, token));
}

/**
 * Whether a token was made since this process began, by the clock of its server if that is known. Servers tell times in whole
 * seconds: one that was made in the second of the beginning counts, as taking it for a left one would revoke it.
 */
export function isOfThisRun({ api }: Server, { createTime = 0 }: ApiTokenDetails): boolean {
  return createTime - (api.clockAhead ?? 0) >= Math.floor(performance.timeOrigin / 1000);
}
