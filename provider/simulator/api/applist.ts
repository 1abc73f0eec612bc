import type { ApiFunction } from "./function";

/** `applist`: the names of all functions. */
export const applist: ApiFunction = {
  name: "applist",
  write: false,
  run: ({ available }) => ({ app: available }),
};
