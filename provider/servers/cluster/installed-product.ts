import type { Server } from "../server";
import { dnsonlyFlag } from "./paths";

/** Whether cPanel DNSOnly runs on a server. The installer leaves a flag, by which the product itself knows it. */
export async function isDnsonly(server: Server): Promise<boolean> {
  const files = await server.files();
  return (await files.stat(dnsonlyFlag)) !== undefined;
}
