import { domainToASCII } from "node:url";
import type { ConnectionHop } from "../../schema/connection";
import { certificateBeside } from "../credentials";
import type { HopPlace } from "./dial-progress";
import type { RouteHop } from "./route";

/** Names a host and port. */
export function placeOf({ host, port = 22 }: HopPlace): string {
  return `${hostText(host)} port ${port}`;
}

/** Names where each credential of a hop comes from, by the method that offers it. */
export function credentialPlaces(hop: RouteHop): Readonly<Record<string, string>> {
  const { field, identities } = hop;
  const named = (names: readonly (keyof ConnectionHop)[]): string | undefined => {
    const name = names.find((each) => hop[each] !== undefined);
    const isText = name === "privateKey" || name === "password" || name === "certificate";
    return name && `${field}.${name}${isText ? "" : ` ${String(hop[name])}`}`;
  };
  const password = named(["password", "passwordEnv"]);
  return {
    publickey: named(["privateKey", "privateKeyFile", "privateKeyEnv"]) ?? `${field}.privateKey`,
    certificate: named(["certificate", "certificateFile"]) ?? certificateBeside(hop.privateKeyFile ?? ""),
    agent: identities ? "keys of ssh_config" : (named(["agentSocketPath"]) ?? "SSH_AUTH_SOCK"),
    password: password ?? `${field}.password`,
    "keyboard-interactive": password ?? `${field}.password`,
  };
}

/** Names a host. A name in another script is followed by the form in which it travels. */
export function hostText(host: string): string {
  const ascii = domainToASCII(host);
  return ascii === "" || ascii === host.toLowerCase() ? host : `${host} (${ascii})`;
}
