import { aboutLink } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";
import { addressesOf, type ClusterServer } from "../model/server";

/**
 * No server is linked to itself, under whatever name or address.
 *
 * WHM refuses such a member as a cyclic trust relationship. Written into the files by hand, it makes the server send
 * every change to itself.
 *
 * Example: a link `web1 -> web1`, or to a second name with the same address.
 * Source: what WHM does when a member is added.
 */
export const selfLink = defineRule({
  id: "self-link",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: [],
  source: "How WHM adds a member",
  summary: "A link or trust from a server to itself, by name, address or public address.",
  consequence:
    "A server that is its own member sends every change to itself; WHM refuses it as a cyclic relationship.",
  example: "link web1 -> web1",
  check({ servers, links, trusts }) {
    const entries = [...links, ...trusts.map(({ server, peer }) => ({ from: peer, to: server }))];
    return entries.flatMap(({ from, to }) => {
      const address = sharedAddress(servers.get(from), servers.get(to));
      if (from !== to && address === undefined) return [];
      const how =
        from === to
          ? "links the server to itself"
          : `links a server to itself: both have the address ${address}`;
      return [
        aboutLink(
          { from, to },
          `${from} -> ${to} ${how}.`,
          "Remove the link, or correct the name or the address.",
        ),
      ];
    });
  },
});

function sharedAddress(left?: ClusterServer, right?: ClusterServer): string | undefined {
  if (!left || !right) return undefined;
  const addresses = addressesOf(left);
  return addressesOf(right).find((address) => addresses.includes(address));
}
