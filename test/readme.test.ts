import { readFileSync } from "node:fs";
import { join } from "node:path";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");
describe("the README", () => {
  test("[U] begins with the promise, the program, its drawing and a rejected plan, before any other heading", () => {
    const [, firstScreen = ""] = readme.split(/^##? .*$/m);
    const places = [
      "rejected before anything changes",
      "new whm.DnsCluster",
      "cluster-light.svg",
      "rejected-plan.svg",
    ].map((said) => firstScreen.indexOf(said));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  test("[U] leaves the table of rules to its page", () => {
    expect(readme.match(/^\|/gm)).toBeNull();
    expect(readme).toContain("(docs/rules.md)");
  });

  test.each([...readme.matchAll(/\]\((?!http)([^)#]+)/g)].map(([, target]) => target!))(
    "[U] has a link to %s that leads to a file",
    (target) => {
      expect(() => readFileSync(join(__dirname, "..", target))).not.toThrow(/ENOENT/);
    },
  );
});
