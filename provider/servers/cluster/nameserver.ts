import type { Server } from "../server";

const configuration = "/var/cpanel/cpanel.config";
const setting = /^local_nameserver_type=(.*)$/m;

/** Reads which nameserver software a server is set to use, such as `bind`; undefined if its configuration doesn't say. */
export async function readNameserver(server: Server): Promise<string | undefined> {
  const files = await server.files();
  const text = await files.read(configuration);
  return setting.exec(text ?? "")?.[1]?.trim() || undefined;
}
