import type { Role } from "../../schema/role";
import type { Finding } from "../judge/finding";
import { kindText, printable, titleText } from "./drawing";
import type { Drawing } from "./drawing-type";
import type { Group } from "../model/group-by";
import { slowdownsByServer } from "./slow-paths";

/** How something differs from the topology before, in a comparison. */
export type Change = "added" | "removed" | "changed";

/** A server, or several drawn as one. */
export interface Box {
  /** Names of the servers in it. */
  readonly names: Group<string>;
  readonly kind: "web server" | "nameserver" | "not declared";
  /** Whether it passes zones on to nameservers, as declared. */
  readonly intermediary: boolean;
  /** Whether it ends no link and no trust, and so is outside the cluster. */
  readonly unlinked: boolean;
  /** Lines below the name. */
  readonly details: readonly string[];
  readonly findings: readonly Finding[];
  readonly change?: Change;
}

/** A link or the entry of a trust between two boxes, each identified by its first name. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: Role | "trusts";
  /** Text beside it: the role, or the old and the new one. */
  readonly label: string;
  readonly findings: readonly Finding[];
  readonly change?: Change;
}

/** What Mermaid and Graphviz draw. */
export interface Picture {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** Shape and size of the cluster. */
  readonly title: string;
  /** Number of changes, in a comparison. */
  readonly changes?: string;
  /** Findings about the whole. */
  readonly overall: readonly Finding[];
  /** All findings, including those without a place in the picture. */
  readonly findings: readonly Finding[];
}

/** Makes a picture of every server, link and trust of a drawing. */
export function pictureOf(drawing: Drawing): Picture {
  const { findings, overall } = drawing;
  const title = titleText(drawing);
  return { title, boxes: boxesOf(drawing), arrows: arrowsOf(drawing), overall, findings };
}

function boxesOf(drawing: Drawing): Box[] {
  const { graph, servers, unknown, findingsAt } = drawing;
  const slowdowns = slowdownsByServer(drawing);
  const declared = servers.map((server): Box => {
    const { name } = server;
    return {
      names: [name],
      kind: server.nameserver ? "nameserver" : "web server",
      intermediary: server.intermediary && graph.intermediaries.includes(name),
      unlinked: graph.unlinked.includes(name),
      details: [kindText(server, graph), ...(slowdowns.get(name) ?? [])],
      findings: findingsAt(name),
    };
  });
  return [...declared, ...unknown.map((name) => unknownBox(name, drawing))];
}

function unknownBox(name: string, { findingsAt }: Drawing): Box {
  const details = ["not declared"];
  return {
    names: [name],
    kind: "not declared",
    intermediary: false,
    unlinked: false,
    details,
    findings: findingsAt(name),
  };
}

function arrowsOf({ links, trusts, findingsOn, findingsOnTrust }: Drawing): Arrow[] {
  const ofLinks = links.map(({ from, to, role }): Arrow => {
    return { from, to, kind: role, label: role, findings: findingsOn(from, to) };
  });
  const ofTrusts = trusts.map((trust): Arrow => {
    const { server, peer } = trust;
    return { from: peer, to: server, kind: "trusts", label: "trusts", findings: findingsOnTrust(trust) };
  });
  return [...ofLinks, ...ofTrusts];
}

/** Returns the sign of a change, which conveys it without colours. */
export function signOf(change: Change | undefined): string {
  return change === undefined ? "" : `${signs[change]} `;
}

const signs: Readonly<Record<Change, string>> = { added: "+", removed: "-", changed: "~" };

/** Returns the heading of a box: its name, or the number of its servers. */
export function headingOf({ names, kind }: Box): string {
  return names.length === 1 ? printable(names[0]) : `${names.length} ${kind}s`;
}

/** With more names than this, nobody reads the box. */
const mostNames = 100;

/** Lists the names below the heading of a box for several servers. */
export function namesTexts({ names }: Box): string[] {
  if (names.length === 1) return [];
  const shown = names.slice(0, mostNames).join(", ");
  return [names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown];
}
