import type { RuleOverrides } from "../../../provider/schema/rule-overrides";
import { TopologyError, validateTopology, type Finding } from "../../../provider/topology";
import { direct, directWith, link } from "../builders";

const webServerLink = directWith({ links: [...(direct.links ?? []), link("web1 -> web2")] });

function under(rules: RuleOverrides): Finding[] {
  return validateTopology({ ...webServerLink, rules }).filter(({ rule }) => rule === "web-server-link");
}

function problemsOf(rules: unknown): readonly string[] {
  try {
    under(rules as RuleOverrides);
  } catch (error) {
    if (error instanceof TopologyError) return error.problems;
    throw error;
  }
  return [];
}

describe("an override", () => {
  test("[U] changes the severity and puts its reason on the finding", () => {
    const [finding] = under({
      "web-server-link": { severity: "warning", reason: "migration until 2027-01" },
    });
    expect(finding).toMatchObject({ severity: "warning", reason: "migration until 2027-01" });
  });

  test("[U] can turn a warning into an error", () => {
    const rules: RuleOverrides = { "redundant-link": { severity: "error", reason: "we want trees" } };
    const findings = validateTopology({ ...webServerLink, rules });
    expect(findings.filter(({ rule }) => rule === "redundant-link")).toEqual([
      expect.objectContaining({ severity: "error", reason: "we want trees" }),
      expect.objectContaining({ severity: "error", reason: "we want trees" }),
    ]);
  });

  test("[U] removes only the findings of its rule if it is off", () => {
    const before = validateTopology(webServerLink).filter(({ rule }) => rule !== "web-server-link");
    const rules: RuleOverrides = { "web-server-link": { severity: "off", reason: "tested" } };
    expect(validateTopology({ ...webServerLink, rules })).toEqual(before);
  });

  test("[U] does not change other findings", () => {
    const [finding] = under({});
    expect(finding).toMatchObject({ severity: "error" });
    expect(finding).not.toHaveProperty("reason");
  });
});

describe("a forbidden override", () => {
  const valid = { severity: "off", reason: "x" };
  const noReason = "say why the rule is overridden; the reason is printed with its findings";
  const cases: [string, unknown, string[]][] = [
    [
      "a fixed rule",
      { "sync-back": valid },
      ["rules.sync-back: this rule is fixed and accepts no override; change the topology instead"],
    ],
    [
      "a misspelt id",
      { "web-server-lnik": valid },
      ["rules.web-server-lnik: there is no such rule; did you mean web-server-link?"],
    ],
    [
      "the first half of an id",
      { "self-l": valid },
      ["rules.self-l: there is no such rule; did you mean self-link?"],
    ],
    [
      "less than half of an id",
      { self: valid },
      ["rules.self: there is no such rule; see the table of rules"],
    ],
    [
      "an id that resembles no other",
      { "completely unheard of": valid },
      ["rules.completely unheard of: there is no such rule; see the table of rules"],
    ],
    [
      "the name of a property of every object",
      { constructor: valid },
      ["rules.constructor: there is no such rule; see the table of rules"],
    ],
    ["no reason", { "web-server-link": { severity: "off" } }, [`rules.web-server-link.reason: ${noReason}`]],
    [
      "a blank reason",
      { "web-server-link": { severity: "off", reason: "  " } },
      [`rules.web-server-link.reason: ${noReason}`],
    ],
    [
      "a reason that is not text",
      { "web-server-link": { severity: "off", reason: 7 } },
      [`rules.web-server-link.reason: ${noReason}`],
    ],
    [
      "another severity",
      { "web-server-link": { severity: "info", reason: "x" } },
      ["rules.web-server-link.severity: must be error, warning or off"],
    ],
    [
      "several mistakes, all reported",
      { "self-link": null, nonsense: valid },
      [
        "rules.self-link: this rule is fixed and accepts no override; change the topology instead",
        "rules.self-link.severity: must be error, warning or off",
        `rules.self-link.reason: ${noReason}`,
        "rules.nonsense: there is no such rule; see the table of rules",
      ],
    ],
  ];

  test.each(cases)("[U] is refused: %s", (_name, rules, problems) => {
    expect(problemsOf(rules)).toEqual(problems);
  });
});
