import { entryMutations } from "./entry-mutations";
import type { Mutation } from "./mutation";
import { serverMutations } from "./server-mutations";
import { tokenMutations } from "./token-mutations";

/** Ways in which one thing stops standing as declared. Some make no difference. */
export const mutations: Record<string, Mutation> = {
  ...entryMutations,
  ...tokenMutations,
  ...serverMutations,
};
