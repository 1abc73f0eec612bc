import { isSameMeaning, meaningOf } from "../../provider/cli/affected/meaning";

const text = `servers:
  web1: { type: cpanel, address: 192.0.2.10 }
  ns1: { type: dnsonly, address: 192.0.2.53 }
links: [{ from: web1, to: ns1, role: sync }]
`;

test.each([
  ["proof: false", false],
  ["guardDestroy: true", false],
  ["proof: true\nguardDestroy: false", true],
  ["allow: [{ risk: many-changes, reason: ns3 leaves }]", false],
  ["risks: { limits: { share: 0.5 } }", false],
  ["allow: []\nrisks: {}", true],
])("[U] a topology file with %s has the same meaning as before: %s", (line, isSame) => {
  expect(isSameMeaning(meaningOf(text), meaningOf(`${text}${line}\n`))).toBe(isSame);
});
