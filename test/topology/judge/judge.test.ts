import type { Finding } from "../../../provider/topology";
import { inTableOrder } from "../../../provider/topology/judge/judge";

const base: Finding = {
  rule: "sync-back",
  severity: "error",
  servers: ["ns1", "web1"],
  link: { from: "ns1", to: "web1" },
  message: "It is wrong.",
  fix: "Mend it.",
};

function finding(more: Partial<Finding>): Finding {
  return { ...base, ...more };
}

test("[U] findings are sorted by the rule table, then by servers, message and severity", () => {
  const inOrder = [
    finding({ rule: "two-servers", servers: ["z"] }),
    finding({ servers: ["ns1"] }),
    finding({ message: "A" }),
    base,
    finding({ severity: "warning" }),
    finding({ servers: ["ns1", "web2"], message: "A" }),
    finding({ rule: "token-scope", servers: [] }),
  ];
  expect(inTableOrder([...inOrder].reverse())).toEqual(inOrder);
  expect(inTableOrder([...inOrder.slice(3), ...inOrder.slice(0, 3)])).toEqual(inOrder);
});

test("[U] a repeated finding is reported once", () => {
  const warning = finding({ severity: "warning" });
  expect(inTableOrder([base, warning, { ...base }, warning, base])).toEqual([base, warning]);
  expect(inTableOrder([])).toEqual([]);
});

test("[U] the first of two overrides of one finding gives the reason", () => {
  const [first, second] = [finding({ reason: "first" }), finding({ reason: "second" })];
  expect(inTableOrder([first, second])).toEqual([first]);
});
