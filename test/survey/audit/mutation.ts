import type { Declaration, DifferenceKind } from "../../../provider/survey";
import type { FakeServer, FakeSurvey } from "./standing";

/** A difference that an audit has to find: its kind, server and other server. */
export type Expected = readonly [kind: DifferenceKind, server: string, peer: string | undefined];

/** Changes one thing and says what has to be found; undefined if there is no such thing to change. */
export type Mutation = (
  survey: FakeSurvey,
  declaration: Declaration,
  pick: <Item>(items: readonly Item[]) => Item | undefined,
) => readonly Expected[] | undefined;

export type Entry = Declaration["entries"][number];

/** Changes of one entry that is stored. */
export function ofEntry(
  type: Entry["type"],
  change: (server: FakeServer, at: number, entry: Entry) => DifferenceKind | "nothing" | undefined,
): Mutation {
  return (survey, { entries }, pick) => {
    const entry = pick(entries.filter((each) => each.type === type));
    if (entry === undefined) return undefined;
    const server = survey.servers.get(entry.holder)!;
    const at = server.members.findIndex(({ key }) => key === entry.key);
    const kind = change(server, at, entry);
    if (kind === undefined || kind === "nothing") return kind && [];
    return [[kind, entry.holder, entry.about]];
  };
}

/**
 * Changes of what the opened server knows of a token.
 *
 * @param change gets whether settings of the token are declared; undefined where it does not apply
 */
export function ofToken(
  change: (use: FakeSurvey["uses"][number], isDeclared: boolean) => DifferenceKind | "nothing" | undefined,
  isOnHolder = false,
): Mutation {
  return (survey, { tokens }, pick) => {
    const use = pick(survey.uses);
    if (use === undefined) return undefined;
    const name = use.token!.name;
    const kind = change(
      use,
      tokens.some(({ settings }) => settings !== undefined),
    );
    const list = survey.servers.get(use.peer)!.tokens;
    const at = list.findIndex((token) => token.name === name);
    list.splice(at, 1, ...(use.token ? [use.token] : []));
    if (kind === undefined || kind === "nothing") return kind && [];
    return isOnHolder ? [[kind, use.holder, use.peer]] : [[kind, use.peer, use.holder]];
  };
}

/** Changes of a server itself. */
export function ofServer(
  change: (
    server: FakeServer,
    declaration: Declaration,
  ) => readonly [DifferenceKind, string?] | "nothing" | undefined,
): Mutation {
  return (survey, declaration, pick) => {
    const server = pick([...survey.servers.values()])!;
    const found = change(server, declaration);
    if (found === undefined || found === "nothing") return found && [];
    return [[found[0], server.name, found[1]]];
  };
}
