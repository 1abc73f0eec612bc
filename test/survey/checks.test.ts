import { secondsAhead } from "../../provider/servers/clock-difference";
import { privilegesResult } from "../../provider/survey/checks/api";
import { clockResult, commandClockResult } from "../../provider/survey/checks/clock";
import { productResult, versionResult } from "../../provider/survey/checks/files";
import { listChecks } from "../../provider/survey/checks/names";

describe("the version of a server", () => {
  test.each([
    ["11.136.0.5", undefined, "ok"],
    ["11.136.0.5", "11.136.0.5", "ok"],
    ["11.136.0.5", "11.136", "ok"],
    ["11.136.0.5", "11", "ok"],
    ["11.136.0.5", "136.0", "ok"],
    ["136.0 (build 5)", "11.136", "ok"],
    ["11.136.0.5", "11.13", "warning"],
    ["11.136.0.5", "11.130.0.5", "warning"],
    ["10.8.2", undefined, "failed"],
    ["10.8.2", "10.8.2", "failed"],
    ["", undefined, "failed"],
  ])("[U] %j with %j declared: %s", (installed, declared, state) => {
    expect(versionResult(installed, declared).state).toBe(state);
  });

  test("[U] a product other than the declared one fails both ways", () => {
    expect(productResult("cpanel", "dnsonly").cure).toContain("type: dnsonly");
    expect(productResult("dnsonly", "cpanel").cure).toContain("type: cpanel");
    expect(productResult("dnsonly", "dnsonly").state).toBe("ok");
  });
});

describe("the clock of a server", () => {
  test.each([
    [0, "ok"],
    [60, "ok"],
    [-60, "ok"],
    [61, "failed"],
    [-61, "failed"],
    [undefined, "warning"],
  ])("[U] %j seconds ahead: %s", (ahead, state) => {
    expect(clockResult(ahead).state).toBe(state);
  });

  test.each([
    [-90, "90 s behind"],
    [600, "10 min ahead of"],
    [14_400, "4 h ahead of"],
    [-864_000, "10 days behind"],
  ])("[U] %j seconds are told as %s", (ahead, words) => {
    expect(clockResult(ahead).message).toContain(words);
  });

  test("[U] text that a log-in prints is a warning, and a wrong clock is worse", () => {
    expect(commandClockResult({ ahead: 0, isNoisy: true })).toMatchObject({ state: "warning" });
    expect(commandClockResult({ ahead: 100, isNoisy: true })).toMatchObject({ state: "failed" });
  });

  test.each([
    [1_000_000, 1_000_500, 1_000_900, 0],
    [1_000_000, 1_005_000, 1_006_000, -4],
    [1_010_000, 1_005_000, 1_006_000, 4],
    [1_000_000, 990_000, 1_030_000, 0],
  ])("[U] a clock that shows %j, read from %j to %j, is ahead by %j s", (shown, from, to, ahead) => {
    expect(secondsAhead(shown, from, to)).toBe(ahead);
  });
});

describe("the privileges of a credential", () => {
  test.each([
    [["all"], "ok"],
    [["clustering", "manage-api-tokens"], "ok"],
    [["clustering"], "failed"],
    [["manage-api-tokens"], "failed"],
    [[], "failed"],
  ])("[U] %j: %s", (held, state) => {
    expect(privilegesResult(held).state).toBe(state);
  });
});

describe("checks that were not tried", () => {
  const failure = { state: "failed", message: "x", cure: "y" } as const;

  test("[U] name the failure that they follow from, and not another one", () => {
    const settings = { type: "dnsonly", connection: { host: "h" }, api: { token: "t" } } as const;
    const checks = listChecks(settings, { login: failure, api: failure });
    expect(Object.fromEntries(checks.map(({ check, message }) => [check, message]))).toMatchObject({
      files: "not tried, because of login",
      token: "not tried, because of api",
      privileges: "not tried, because of api",
      register: "not tried, because of login",
      clock: "not tried, because of login",
    });
  });

  test("[U] are left out where the server has no such way in", () => {
    const names = (settings: Parameters<typeof listChecks>[0]) =>
      listChecks(settings, {}).map(({ check }) => check);
    expect(names({ type: "dnsonly" })).toEqual([]);
    expect(names({ type: "dnsonly", api: {} })).toEqual(["version", "api", "token", "privileges", "clock"]);
    expect(names({ type: "dnsonly", connection: { host: "h", proxy: { host: "b" } } })[0]).toBe("bastion");
  });
});
