import type { ApiTokenState } from "../../schema/api-token";
import { ServerError, type Server } from "../../servers";

/** Refuses to revoke the token that the provider itself logs in with: nothing could be managed after it. */
export async function refuseOwnLogin(server: Server, state: ApiTokenState): Promise<void> {
  if (!(await server.logsInWith(state.token))) return;
  throw new ServerError({
    code: "in-use",
    server: server.name,
    phrase: `revoke the API token ${state.tokenName}`,
    said: "the provider itself logs in with it",
    wayOut: "Give the provider another token for this server, run pulumi up, and try again.",
  });
}
