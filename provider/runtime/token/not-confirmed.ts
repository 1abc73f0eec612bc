import { ServerError, type Server } from "../../servers";

/** Makes the error for a write that the server doesn't show afterwards. */
export function notConfirmed(server: Server, phrase: string, said: string): ServerError {
  return new ServerError({
    code: "not-confirmed",
    server: server.name,
    phrase,
    said,
    wayOut: "Look at Manage API Tokens in WHM, then run pulumi up again.",
  });
}
