import { isIPv6 } from "node:net";
import type { ApiAccess } from "../../schema/api-access";
import type { Server as ServerSettings } from "../../schema/server";
import { apiToken } from "../credentials";
import type { ErrorReporter } from "../errors";
import { dialledHost } from "../ssh/route";
import { HttpsTransport } from "./https-transport";
import { secureConnect } from "./secure-connect";

/** Port of WHM with TLS. */
export const whmPort = 2087;

/** Returns host and port in the form of a URL. */
export function authority(host: string, port: number): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Returns the host of a server's API: its own, else that of the connection, else the address. */
export function apiHost({ api, connection, address }: ServerSettings): string | undefined {
  return api?.host ?? (connection && dialledHost(connection)) ?? address;
}

/** Returns WHM API 1 of a server, reached according to its settings. */
export function ownApi(access: ApiAccess, settings: ServerSettings, reporter: ErrorReporter): HttpsTransport {
  const host = apiHost(settings);
  const { port = whmPort, user = "root" } = access;
  let token: ReturnType<typeof apiToken> | undefined;
  return new HttpsTransport({
    reporter,
    authority: authority(host ?? "unknown", port),
    user,
    token: () => (token ??= apiToken(access, reporter)),
    connect: () => {
      if (host !== undefined) return secureConnect({ host, port, hostname: settings.hostname, tls: access });
      throw reporter.error({
        code: "invalid-value",
        phrase: "use the WHM API",
        said: "neither api.host nor connection.host nor address is given",
        wayOut: "Set one of them.",
      });
    },
  });
}
