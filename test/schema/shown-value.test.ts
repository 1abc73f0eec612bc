import { shownValue } from "../../provider/schema/shown-value";

describe("a wrong value", () => {
  test.each<[path: PropertyKey[], value: unknown, shown: string | undefined]>([
    [["servers", "web1", "type"], "bind", '"bind"'],
    [["links", 0], "web1 -> ns1", '"web1 -> ns1"'],
    [["servers", "web1", "dnssec"], 1, "1"],
    [["servers", "web1", "connection", "port"], 70_000, "70000"],
    [["servers", "web1", "type"], "two\nlines", undefined],
    [["servers", "web1", "type"], {}, undefined],
    [["servers", "web1", "type"], "PLANTEDTOKEN0123456789ABCDEFGH01", undefined],
    [["servers", "web1", "type"], "PLANTEDSECRETPLANTEDSECRETPLANTE", undefined],
    [["connection", "password"], 12_345, undefined],
    [["connection", "pasword"], "x", undefined],
    [["conection", "anything"], "x", undefined],
    [["api", "token"], "x", undefined],
    [["privateKeyPassword"], "x", undefined],
    [["passwordEnv"], "hunter2", undefined],
    [["tokens", "rotate"], "x", undefined],
  ])("[U] at %j is shown only if it can't be a secret: %j", (path, value, shown) => {
    expect(shownValue(path, value)).toBe(shown);
  });

  test("[U] is cut if it is long", () => {
    expect(shownValue(["type"], "not ".repeat(30))).toMatch(/^"(not ){15}\.\.\."$/);
  });
});
