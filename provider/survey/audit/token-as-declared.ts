import type { ApiTokenDetails } from "../../servers";
import type { TokenSettings } from "./declaration";
import { putRight, type Difference, type DifferenceKind } from "./difference";
import { addressesIn, addressesText, isSame, privilegesOf, expiryText } from "./token-settings";

/** Compares a token with what is declared of it. Everything that is declared counts. */
export function strictDifferences(
  settings: TokenSettings,
  token: ApiTokenDetails,
  { holder, about: server }: { readonly holder: string | undefined; readonly about: string },
): Difference[] {
  const whose = `The token of ${server}${holder === undefined ? "" : ` that ${holder} stores`}`;
  const difference = (kind: DifferenceKind, declared: string, actual: string, verb: string): Difference => ({
    server,
    ...(holder !== undefined && { peer: holder }),
    kind,
    declared,
    actual,
    message: `${whose} ${verb} ${actual}; declared is ${declared}.`,
    fix: putRight(`change ${token.name} under Manage API Tokens in WHM on ${server}`),
  });
  const [acls, actualAcls] = [privilegesOf(settings.acls), privilegesOf(token.acls)];
  const [ips, actualIps] = [addressesIn(settings.whitelistIps), addressesIn(token.whitelistIps)];
  const { expiresAt } = settings;
  return [
    ...(isSame(acls, actualAcls)
      ? []
      : [difference("token-acls", acls.join(", "), actualAcls.join(", "), "has the privileges")]),
    ...(isSame(ips, actualIps)
      ? []
      : [difference("token-addresses", addressesText(ips), addressesText(actualIps), "is accepted from")]),
    ...(expiresAt === token.expiresAt
      ? []
      : [difference("token-expiry", expiryText(expiresAt), expiryText(token.expiresAt), "expires")]),
  ];
}
