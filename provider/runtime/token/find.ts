import type { ApiTokenState } from "../../schema/api-token";
import { Secret, apiTokenGetDetails, apiTokenList, type ApiTokenDetails, type Server } from "../../servers";

/**
 * The token of this state. One of the same name that was made at another time is somebody else's; one that was renamed
 * in WHM, or by an update whose answer was lost, is known by its secret, where the API can be asked for it in safety.
 */
export async function findToken(server: Server, state: ApiTokenState): Promise<ApiTokenDetails | undefined> {
  const tokens = await apiTokenList(server.api);
  const found = tokens.find((token) => token.name === state.tokenName && isOfThatTime(token, state));
  if (found || !server.settings.api) return found;
  const owner = await apiTokenGetDetails(server.api, { token: new Secret(state.token) });
  return tokens.find((token) => token.name === owner?.name);
}

function isOfThatTime({ createTime }: ApiTokenDetails, state: ApiTokenState): boolean {
  return (createTime ?? 0) === state.createTime;
}
