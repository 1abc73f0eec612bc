import { shortText } from "../../short-text";
import { describeKey } from "../host-key";
import type { Certificate } from "./certificate";
import { minuteText, secondsAt } from "./times";

/** Maximum number of certificates in an error, of names in one, and of characters in somebody's text. */
const [mostCertificates, mostNames, longestText] = [3, 5, 40];

/** Says why a server may have refused each certificate, and what to do. Servers themselves don't say it. */
export function refusedCertificates(
  certificates: readonly Certificate[],
  user: string,
  now = Date.now(),
): string {
  const each = certificates.slice(0, mostCertificates).map((one) => likelyReason(one, user, secondsAt(now)));
  return [...new Set(each)].join(" ");
}

function likelyReason(certificate: Certificate, user: string, now: bigint): string {
  const { principals, validAfter, validBefore, criticalOptions } = certificate;
  const name = `The certificate ${nameOf(certificate)}`;
  if (now >= validBefore) return `${name} expired on ${minuteText(validBefore)}: have a new one signed.`;
  if (now < validAfter) return `${name} is not valid before ${minuteText(validAfter)}.`;
  if (principals.length === 0) return `${name} names no login: have it signed with -n ${user}.`;
  if (!principals.includes(user))
    return `${name} is for ${listed(principals)}, not for ${user}: have it signed with -n ${user}, or name one of them for ${user} in AuthorizedPrincipalsFile of the server's sshd_config.`;
  const limits = criticalOptions.length > 0 ? `, and is limited by ${listed(criticalOptions)}` : "";
  return `${name} is for ${user}${limits}. The server must trust its authority, ${describeKey(certificate.authority)}: see TrustedUserCAKeys in its sshd_config, and why its log says that it refused.`;
}

function nameOf({ keyId, key }: Certificate): string {
  const name = shortText(keyId, longestText);
  return name === "" ? `of ${describeKey(key.blob)}` : `"${name}"`;
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, mostNames)
    .map((name) => shortText(name, longestText))
    .join(", ");
  return names.length > mostNames ? `${shown}, …` : shown;
}
