import type { Server } from "../server";
import { dnsonlyFlag, versionFile } from "./paths";

/** Whether cPanel DNSOnly runs on a server; the installer leaves a flag, by which the product itself knows it. */
export async function isDnsonly(server: Server): Promise<boolean> {
  const files = await server.files();
  return (await files.stat(dnsonlyFlag)) !== undefined;
}

/** The version that is installed on a server, such as 11.136.0.5; undefined where it cannot be told from its files. */
export async function installedVersion(server: Server): Promise<string | undefined> {
  const files = await server.files();
  const text = (await files.read(versionFile))?.trim();
  return text || undefined;
}
