import type { ManagedServers } from "./managed-servers";
import type { CreatedResource } from "./provider-process";
import { trustInputs } from "./resource-inputs";
import { memberFile } from "./server-files";

type Values = CreatedResource["properties"];

/** Two web servers, 192.0.2.10 and 192.0.2.11: between them a `sync` link needs a reverse trust. */
export const twoWebServers = { web1: { type: "cpanel" }, web2: { type: "cpanel" } } as const;

/** The files of the entry for web1 that web2 holds. */
export const web1Entry = { file: memberFile("192.0.2.10"), role: `${memberFile("192.0.2.10")}-dnsrole` };

/** A token of web1 that web2 uses. */
export async function trustToken({ provider }: ManagedServers, more: Values = {}): Promise<string> {
  const made = await provider.create("ApiToken", {
    server: "web1",
    logicalName: "project/stack/web1-for-web2",
    whitelistIps: ["192.0.2.11"],
    ...more,
  });
  return made.properties["token"] as string;
}

/** Makes web2 trust web1, with a new token. */
export async function makeTrust(
  managed: ManagedServers,
  more: Values = {},
): Promise<{ made: CreatedResource; inputs: Values }> {
  const inputs = trustInputs(await trustToken(managed), more);
  return { inputs, made: await managed.provider.create("ReverseTrust", inputs) };
}
