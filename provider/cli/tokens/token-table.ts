import type { ListedToken, TokenList, TokenState } from "../../survey";
import { countText, listText } from "../../topology";
import { printable, type Colours } from "../streams";
import { drawTable } from "../table";

const day = 86_400;
const head = ["server", "token", "age", "expires", "used by", "privileges", "state"];

/** Formats tokens for people: a row each, then the count of each state, and what could not be read. */
export function tokenTable({ tokens, unreadable }: TokenList, now: number, colours: Colours): string {
  const rows = tokens.map((token) => cellsOf(token, now).map(printable));
  const blocks = [
    ...(rows.length > 0
      ? [
          drawTable(
            head,
            rows,
            head.map(() => null),
          ),
        ]
      : []),
    `${countText(tokens.length, "token")}${countsOf(tokens, colours)}`,
    ...unreadable.map(({ message }) => printable(`could not be read: ${message}`).replaceAll("\n", "?")),
  ];
  return blocks.join("\n\n");
}

const words: Record<TokenState, string> = {
  "in-use": "in use",
  "stored-nowhere": "stored nowhere",
  expired: "expired",
  unknown: "unknown to its server",
};

function cellsOf(
  { server, name, createdAt, expiresAt, privileges, users, state }: ListedToken,
  now: number,
): string[] {
  return [
    server,
    name ?? "?",
    createdAt === undefined ? "?" : countText(Math.floor((now - createdAt) / day), "day"),
    name === undefined ? "?" : expiryText(expiresAt, now),
    listText(users) || "-",
    privileges === undefined ? "?" : listText(privileges),
    words[state],
  ];
}

function expiryText(expiresAt: number | undefined, now: number): string {
  if (expiresAt === undefined) return "never";
  const date = new Date(expiresAt * 1000).toISOString().slice(0, 10);
  return expiresAt <= now ? `on ${date}` : `in ${countText(Math.floor((expiresAt - now) / day), "day")}`;
}

function countsOf(tokens: readonly ListedToken[], colours: Colours): string {
  const counts = (Object.keys(words) as TokenState[]).flatMap((state) => {
    const count = tokens.filter((token) => token.state === state).length;
    const isDead = state === "expired" || state === "unknown";
    const text = `${count} ${words[state]}`;
    return count === 0 ? [] : [isDead ? colours.red(text) : text];
  });
  return counts.length === 0 ? "" : `: ${counts.join(", ")}`;
}
