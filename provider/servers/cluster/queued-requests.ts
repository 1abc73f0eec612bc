import type { Server } from "../server";
import { retryDirectory } from "./paths";

/** Counts the requests to members that have failed and wait to be sent again. */
export async function countQueuedRequests(server: Server): Promise<number> {
  const files = await server.files();
  const names = (await files.list(retryDirectory)) ?? [];
  return names.filter((name) => !name.startsWith(".")).length;
}
