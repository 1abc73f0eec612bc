import type { FoundMember } from "../servers";
import { connectedWith, isIpv4, listText } from "../topology";

/** Members of one server that are about the same other server. WHM allows one for a host name. */
export interface DuplicateMembers {
  /** What the other server is called: the name that the connections know, else its host name. */
  readonly about: string;
  /** Addresses under which it is stored, two at least. */
  readonly keys: readonly string[];
}

/**
 * Finds members that are stored twice: under both addresses of a server, or under two addresses with one host name.
 *
 * @param nameAt name of the server at an address; undefined if it is not known
 */
export function duplicateMembers(
  members: readonly FoundMember[],
  nameAt: (address: string) => string | undefined,
): DuplicateMembers[] {
  const own = members.filter(isOfCpanel);
  const edges = own.flatMap((member) => marksOf(member, nameAt).map((mark) => [member.key, mark] as const));
  const left = new Set(own.map(({ key }) => key));
  return own.flatMap(({ key, fields }): DuplicateMembers[] => {
    if (!left.has(key)) return [];
    const connected = connectedWith([key], edges);
    const keys = [...left].filter((each) => connected.has(each));
    keys.forEach((each) => left.delete(each));
    const names = keys.flatMap((each) => nameAt(each) ?? []);
    return keys.length < 2 ? [] : [{ about: names[0] ?? fields.host ?? key, keys }];
  });
}

/** Says where a server is stored twice, to follow the name of the server that stores it. */
export function duplicateText({ about, keys }: DuplicateMembers): string {
  return `stores ${about} ${keys.length === 2 ? "twice" : `${keys.length} times`}, under ${listText(keys)}; WHM allows one member for a host name`;
}

function isOfCpanel({ key, text, fields }: FoundMember): boolean {
  return text !== undefined && isIpv4(key) && fields.module === "cPanel";
}

/** Returns what two members of one server have in common. An address in place of a host name names nothing else. */
function marksOf(
  { key, fields: { host = "" } }: FoundMember,
  nameAt: (address: string) => string | undefined,
): string[] {
  const name = nameAt(key);
  return [
    ...(name === undefined ? [] : [`name ${name}`]),
    ...(host === "" || isIpv4(host) ? [] : [`host ${host.toLowerCase()}`]),
  ];
}
