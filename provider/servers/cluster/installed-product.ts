import type { Server } from "../server";
import { dnsonlyFlag, versionFile } from "./paths";

/** Whether cPanel DNSOnly runs on a server. The installer leaves a flag, by which the product itself knows it. */
export async function isDnsonly(server: Server): Promise<boolean> {
  const files = await server.files();
  return (await files.stat(dnsonlyFlag)) !== undefined;
}

/** Returns the installed version of cPanel & WHM, such as 11.136.0.5; undefined if there is none. */
export async function installedVersion(server: Server): Promise<string | undefined> {
  const files = await server.files();
  const text = await files.read(versionFile);
  return text?.trim() || undefined;
}
