// The four steps of a server and their removal as an administrator would write them for a shell, for the tools that
// run text. Each can be run again.
import { tokenName } from "./site.mjs";

const whmapi1 = "/usr/local/cpanel/bin/whmapi1 --output=json";
const cluster = "/var/cpanel/cluster/root";
const addresses = "/etc/ips.remotedns";

/** Prints the token's secret, which nothing prints a second time. */
export const makeToken = `${whmapi1} api_token_create token_name=${tokenName} acl-1=clustering | sed -n 's/.*"token":"\\([^"]*\\)".*/\\1/p'`;

export const revokeToken = `${whmapi1} api_token_revoke token_name=${tokenName} >/dev/null`;

/** @param {string} secret the peer's token, or what a tool puts in its place */
export function writeMember({ peerAddress, peerHostname }, secret) {
  const lines = [
    "#version 2.0",
    "user=root",
    `host=${peerHostname}`,
    `pass=${secret}`,
    "module=cPanel",
    "debug=0",
  ];
  const words = lines.map((line) => `'${line}'`).join(" ");
  const fresh = `${cluster}/.new-${peerAddress}`;
  return `umask 077 && mkdir -p ${cluster}/config && printf '%s\\n' ${words} > ${fresh} && mv ${fresh} ${cluster}/config/${peerAddress} && touch /var/cpanel/useclusteringdns`;
}

export function removeMember({ peerAddress }) {
  return `rm -f ${cluster}/config/${peerAddress}`;
}

export function writeRole({ peerAddress, role }) {
  return `umask 077 && mkdir -p ${cluster}/config && printf '%s' ${role} > ${cluster}/config/${peerAddress}-dnsrole`;
}

export function removeRole({ peerAddress }) {
  return `rm -f ${cluster}/config/${peerAddress}-dnsrole`;
}

export function addAddress({ peerAddress }) {
  return `grep -qxF ${peerAddress} ${addresses} 2>/dev/null || echo ${peerAddress} >> ${addresses}`;
}

export function removeAddress({ peerAddress }) {
  return `sed -i '/^${peerAddress.replaceAll(".", "\\.")}$/d' ${addresses}`;
}

/** Prints everything that the steps have left. */
export function look({ peerAddress }) {
  const files = [`${cluster}/config/${peerAddress}`, `${cluster}/config/${peerAddress}-dnsrole`, addresses];
  return `${whmapi1} api_token_list; cat ${files.join(" ")}`;
}
