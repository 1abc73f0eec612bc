import { ServerError } from "../errors";
import type { Server } from "../server";
import { listFedMembers } from "./list-members";
import { clusteringFlag } from "./paths";

/** Whether clustering is on. Without it WHM sends nothing to any member. */
export async function isClusteringOn(server: Server): Promise<boolean> {
  const files = await server.files();
  return (await files.stat(clusteringFlag)) !== undefined;
}

/**
 * Refuses to turn clustering on for one member while others are silent only because it is off: the flag would make all
 * of them write again at once.
 */
export async function refuseToRevive(server: Server, member: string): Promise<void> {
  if (await isClusteringOn(server)) return;
  const fed = await listFedMembers(server);
  const others = fed.map(({ key }) => key).filter((key) => key !== member);
  if (others.length > 0) throw wouldRevive(server, others);
}

/** Sets the flag that turns clustering on. It is never removed again: other members may rely on it. */
export async function enableClustering(server: Server): Promise<void> {
  if (await isClusteringOn(server)) return;
  const files = await server.files();
  await files.createExclusively(clusteringFlag, "", 0o644);
}

function wouldRevive(server: Server, others: string[]): ServerError {
  return new ServerError({
    code: "clustering-off",
    server: server.name,
    phrase: "turn on DNS clustering",
    said: `clustering is off there, and turning it on would let zones flow to its other members again: ${others.join(", ")}`,
    wayOut: "Remove those members or make them standalone, or set enableClustering: true on the member.",
  });
}
