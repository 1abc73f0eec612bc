import { auditSurvey, declarationOf } from "../../../provider/survey";
import { directWith, link } from "../../topology/builders";
import { standing } from "./standing";

const now = 1_000;
const one = directWith({ links: [link("web1 -> ns1")], trustedAddresses: {} });

/** Audits a token that a topology declares, and that expires at another time on the server. */
function audited(declared: number | string | undefined, actual: number | undefined) {
  const token = { server: "ns1", users: ["web1"], whitelistIps: ["192.0.2.10"] };
  const apiTokens = [{ ...token, ...(declared !== undefined && { expiresAt: declared }) }];
  const topology = { ...one, apiTokens };
  const survey = standing(topology);
  survey.uses[0]!.token = { ...survey.uses[0]!.token!, expiresAt: actual };
  survey.servers.get("ns1")!.tokens = [survey.uses[0]!.token];
  const { elements } = auditSurvey(declarationOf([topology]), survey, now);
  return elements.flatMap(({ differences }) => differences);
}

test.each<[number | string | undefined, number | undefined]>([
  [undefined, undefined],
  [5_000, 5_000],
  ["1970-01-01T01:23:20Z", 5_000],
  ["1970-01-01T03:23:20+02:00", 5_000],
])("[U] an expiry that a topology declares as %s and that is %s is right", (declared, actual) => {
  expect(audited(declared, actual)).toEqual([]);
});

test.each<[number | string | undefined, number | undefined, string, string]>([
  [5_000, 4_000, "1970-01-01T01:23:20Z", "1970-01-01T01:06:40Z"],
  ["1970-01-01T01:23:20Z", undefined, "1970-01-01T01:23:20Z", "never"],
  [undefined, 4_000, "never", "1970-01-01T01:06:40Z"],
])("[U] an expiry that a topology declares as %s and that is %s differs", (declared, actual, ...texts) => {
  expect(audited(declared, actual)).toMatchObject([
    { kind: "token-expiry", declared: texts[0], actual: texts[1] },
  ]);
});

test("[U] a token that has expired is told once, and where that is declared, the declaration comes first", () => {
  const [undeclared, ...more] = audited(undefined, 500);
  expect([undeclared?.kind, more]).toEqual(["expired-token", []]);
  expect(undeclared?.fix).toMatch(/^Run `pulumi up --refresh`, or /);
  const [declared, ...others] = audited(500, 500);
  expect([declared?.kind, others]).toEqual(["expired-token", []]);
  expect(declared?.fix).toMatch(/^Declare a later `expiresAt`\. Run `pulumi up --refresh`, or /);
});
