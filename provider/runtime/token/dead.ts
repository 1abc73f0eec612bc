import { isServerError, type Member, type Server } from "../../servers";
import { isTokenAlive } from "./alive";
import { warn } from "../engine/warn";

/** An entry whose token no resource of this program looks after. */
interface ForeignEntry {
  /** The server that stores the entry. */
  from: Server;
  /** The server that the token opens. */
  to: Server;
  address: string;
  found: Member;
}

/**
 * Whether the server that a token opens refuses it. A token that an `ApiToken` of the program has made is looked after by that
 * resource; one that was made by hand or in another stack would die without a word.
 */
export async function isRefused({ from, to, address, found }: ForeignEntry): Promise<boolean> {
  const { user = "root", pass } = found.fields;
  if (pass === undefined) return false;
  try {
    return (await isTokenAlive({ from, to, address, user, token: pass })) === false;
  } catch (error) {
    if (!isServerError(error)) throw error;
    // What is read is the entry, and that is known. Whether its token is alive is not.
    warn(
      `Whether ${to.name} still accepts the token of ${from.name} is not known: ${error.said} [${error.code}].`,
    );
    return false;
  }
}
