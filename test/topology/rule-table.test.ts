import { findRule, rules } from "../../provider/topology";

// The table as it was agreed, written down apart from the rules: id, severity, scope and lines of the guide.
const table = `
two-servers                  error, fixed  cluster     G1
cpanel-present               error, fixed  cluster     G1
supported-version            error, fixed  everything  G1
known-server                 error, fixed  everything  -
self-link                    error, fixed  everything  -
duplicate-link               error, fixed  everything  -
trust-link-conflict          error, fixed  everything  G9
duplicate-server             error, fixed  everything  -
duplicate-trusted-ip         error, fixed  everything  G5
member-address               error, fixed  everything  -
sync-back                    error, fixed  everything  G2
feeding-cycle                error         everything  G2, G8
web-server-link              error         cluster     G4
nameserver-link              error         cluster     G4, G7
intermediary-size            error, fixed  cluster     G7
single-intermediary          error         cluster     G8
multiple-intermediaries-size error, fixed  cluster     G8
web-server-fed               error         cluster     G6
nameserver-fed               error         cluster     G1, G6
reverse-trust                error         cluster     G9
trusted-ip                   error         cluster     G5
token-acl                    error, fixed  everything  G9
missing-token                error, fixed  everything  G6, G9
nameserver-disabled          error         cluster     G1
needless-trust               warning       cluster     G9
write-only-duplicates        warning       cluster     G3
write-only-competition       warning       cluster     G3
intermediary-slowdown        warning       cluster     G7
nameserver-coverage          warning       cluster     G6
redundant-link               warning       cluster     G7
cpanel-nameserver            warning       cluster     G2, G4
dnssec-powerdns              warning       cluster     -
trust-verifiable             warning       cluster     G9
unlinked-server              warning       cluster     G6
token-scope                  warning       everything  G9
`;

describe("the table of rules", () => {
  test("[U] has the agreed content and order", () => {
    const rows = rules.map(({ id, severity, fixed, scope, guide }) =>
      [id, fixed ? `${severity}, fixed` : severity, scope, guide.join(", ") || "-"].join("  "),
    );
    const agreed = table.trim().split("\n");
    expect(rows).toEqual(agreed.map((row) => row.replace(/ {2,}|(?<=^\S+) /g, "  ")));
  });

  test("[U] finds a rule only by its exact id", () => {
    expect(rules.map(({ id }) => findRule(id))).toEqual([...rules]);
    expect(findRule("toString")).toBeUndefined();
  });
});
