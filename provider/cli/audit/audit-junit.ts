import type { Audit, AuditedElement, Difference } from "../../survey";

/** A test case with its content: a failure, an error, or that it could not be tried. */
interface Case {
  readonly className: string;
  readonly name: string;
  readonly outcome?: "failure" | "error" | "skipped";
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

/**
 * Writes JUnit's XML: a test case for each declared element. Readers show one failure of a case, so an element with
 * several differences has a case for each of them.
 */
export function auditJunit(name: string, audit: Audit): string {
  const cases = audit.elements.flatMap((element) => casesOf(element, audit));
  const count = (outcome: Case["outcome"]): number => cases.filter((each) => each.outcome === outcome).length;
  const totals = {
    name,
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ ...totals, name: "whm-dns audit" })}>`,
    `  <testsuite${attributes(totals)}>`,
    ...cases.flatMap(caseLines),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n");
}

function casesOf({ type, name, servers, differences }: AuditedElement, { unreadable }: Audit): Case[] {
  const plain = { className: `whm-dns.${type.replace(" ", "-")}`, name };
  const [unread] = servers.filter((server) => unreadable.has(server));
  const failures = differences.map((difference, at): Case => failure(plain, difference, at));
  if (unread !== undefined && type === "server")
    return [{ ...plain, outcome: "error", type: "unreadable", message: unreadable.get(unread) ?? "" }];
  if (failures.length > 0) return failures;
  if (unread !== undefined) return [{ ...plain, outcome: "skipped", message: `${unread} can't be read` }];
  return [plain];
}

function failure(plain: Case, { kind, message, fix, declared, actual }: Difference, at: number): Case {
  const text = [fix, `declared: ${declared ?? "nothing"}`, `actual: ${actual ?? "nothing"}`].join("\n");
  const name = at === 0 ? plain.name : `${plain.name} [${kind}${at > 1 ? ` ${at}` : ""}]`;
  return { ...plain, name, outcome: "failure", type: kind, message, text };
}

function caseLines({ className, name, outcome, type, message, text = "" }: Case): string[] {
  const start = `    <testcase${attributes({ classname: className, name })}`;
  if (outcome === undefined) return [`${start}/>`];
  const opening = `<${outcome}${attributes({ ...(type !== undefined && { type }), message: message ?? "" })}`;
  const inner = text === "" ? `${opening}/>` : `${opening}>${escaped(text)}</${outcome}>`;
  return [`${start}>`, `      ${inner}`, "    </testcase>"];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

/** Escapes text for an attribute or an element. XML allows no control characters and no halves of a pair. */
function escaped(text: string): string {
  return text
    .replace(/(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\uFFFE\uFFFF]/gu, "?")
    .replace(/[&<>"'\n]/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
};
