import type { Server } from "../server";
import { natFile } from "./paths";

/** Reads under which address servers outside its network see a server, as cPanel's NAT map says; undefined without NAT. */
export async function readPublicAddress(server: Server, address: string): Promise<string | undefined> {
  const files = await server.files();
  return outsideOf(address, (await files.read(natFile)) ?? "");
}

/** Finds an address in the map: lines with an inside address and the outside one. The first line counts. */
export function outsideOf(address: string, map: string): string | undefined {
  const pairs = map.split("\n").map((line) => line.trim().split(/\s+/));
  const outside = pairs.find(([inside]) => inside === address)?.[1];
  return outside === address ? undefined : outside;
}
