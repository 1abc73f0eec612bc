import { ServerError, isServerError } from "../../servers";

/**
 * Runs a read or delete. If a server has been removed from the provider while the state still holds something of it, it
 * can't be asked any more. The ways out differ from those for a mistyped name.
 */
export async function explainMissingServer<Result>(
  host: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isServerError(error, "unknown-server") || error.server !== host) throw error;
    const { code, server, phrase, said } = error;
    throw new ServerError({ code, server, phrase, said, wayOut: wayOut(host) });
  }
}

function wayOut(host: string): string {
  return (
    `Something of it is still in the state: put ${host} back into the provider's servers, without its links, and run pulumi up ` +
    `before you take it out. If it is gone for good, mark it with forget: true or run with PULUMI_WHM_FORGET=${host}.`
  );
}
