import { cleanFailure } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { trustInputs } from "../helpers/resource-inputs";
import { writes } from "../helpers/server-files";
import { makeTrust, trustToken, twoWebServers, web1Entry } from "../helpers/trusts";

const { file, role } = web1Entry;
const managed = managedServers(twoWebServers);
const web2 = () => managed.simulator.files("web2");

describe("creating a trust", () => {
  test("[I] writes a standalone entry for the server on the peer, and nothing on the server", async () => {
    const before = managed.simulator.files("web1").snapshot("/var/cpanel/cluster");
    const { made, inputs } = await makeTrust(managed);
    const token = inputs["token"] as string;
    expect(made.id).toBe("web2/192.0.2.10");
    expect(web2().read(file)).toBe(
      `#version 2.0\nuser=root\nhost=web1.example.com\npass=${token}\nmodule=cPanel\ndebug=0\n`,
    );
    expect([web2().read(role), web2().mode(file), web2().mode(role)]).toEqual(["standalone", 0o600, 0o600]);
    expect(managed.simulator.files("web1").snapshot("/var/cpanel/cluster")).toEqual(before);
  });

  test("[I] does not enable clustering, because a standalone member receives nothing", async () => {
    await makeTrust(managed);
    expect(managed.simulator.clustering("web2")).toBe(false);
  });

  test("[I] tries the token from the peer before the write, and has the peer confirm the trust afterwards", async () => {
    await makeTrust(managed);
    const steps = managed.simulator
      .journal()
      .map(({ server, operation, target }) => `${server} ${operation} ${target}`);
    const order = ["web1 myprivs ", `web2 rename ${role}`, "web2 cluster_member_has_trust_with 192.0.2.10"];
    expect(steps.filter((step) => order.includes(step))).toEqual(order);
  });

  test("[I] refuses a token that does not work from the peer, and writes nothing", async () => {
    const token = await trustToken(managed, { whitelistIps: ["192.0.2.99"] });
    managed.simulator.clearJournal();
    const message = await cleanFailure(managed.provider.create("ReverseTrust", trustInputs(token)));
    expect(message).toMatch(/on web1: .*called from web2.*\[refused-credential\]/);
    expect(writes(managed.simulator)).toEqual([]);
  });

  test("[I] refuses an address of the peer itself", async () => {
    const inputs = trustInputs(await trustToken(managed), { serverAddress: "192.0.2.11" });
    expect(await cleanFailure(managed.provider.create("ReverseTrust", inputs))).toMatch(
      /on web2: .*\[own-address\]/,
    );
  });

  test("[I] accepts a complete or incomplete entry of an interrupted run", async () => {
    const { inputs } = await makeTrust(managed);
    const whole = web2().snapshot("/var/cpanel/cluster");
    web2().remove(role);
    const again = await managed.provider.create("ReverseTrust", inputs);
    expect(web2().snapshot("/var/cpanel/cluster")).toEqual(whole);
    await managed.provider.delete(again);
    expect(web2().list("/var/cpanel/cluster")).toEqual([]);
  });
});

describe("an existing entry", () => {
  const foreign =
    "#version 2.0\r\nuser=root\r\nhost=web1.example.com\r\npass=HANDMADEHANDMADEHANDMADE\r\nmodule=cPanel\r\nx=1";

  test.each([
    ["with a role that sends zones", foreign, "sync"],
    ["with another token", foreign, "standalone"],
    ["without a role file", foreign, undefined],
    ["without a member file", undefined, "standalone"],
  ])("[I] is not adopted if it is there %s", async (_name, text, word) => {
    if (text !== undefined) web2().write(file, text);
    if (word !== undefined) web2().write(role, word);
    const inputs = trustInputs(await trustToken(managed));
    const before = web2().snapshot();
    const message = await cleanFailure(managed.provider.create("ReverseTrust", inputs));
    expect(message).toMatch(
      /on web2: there is an entry for 192\.0\.2\.10 already.*\[exists-already\].*adopt: true/,
    );
    expect(web2().snapshot()).toEqual(before);
  });

  test("[I] is adopted with adopt: true and restored byte for byte on delete", async () => {
    web2().write(file, foreign);
    web2().write(role, "sync\n");
    const before = web2().snapshot();
    const { made, inputs } = await makeTrust(managed, { adopt: true });
    expect(web2().read(role)).toBe("standalone");
    const changed = await managed.provider.update("ReverseTrust", made, {
      ...inputs,
      serverHostname: "w.example.com",
    });
    await managed.provider.delete(changed);
    expect(web2().snapshot()).toEqual(before);
  });

  test("[I] is restored as a role file without a member file if it was one", async () => {
    web2().write(role, "sync");
    const before = web2().snapshot();
    const { made } = await makeTrust(managed, { adopt: true });
    await managed.provider.delete(made);
    expect(web2().snapshot()).toEqual(before);
  });

  test("[I] is not restored if the trust was removed by hand meanwhile", async () => {
    web2().write(file, foreign);
    web2().write(role, "sync");
    const { made } = await makeTrust(managed, { adopt: true });
    web2().remove("/var/cpanel/cluster");
    await managed.provider.delete(made);
    expect(web2().list("/var/cpanel/cluster")).toEqual([]);
  });

  test("[I] is kept in the register of the peer, for root alone, and not in the state", async () => {
    web2().write(file, foreign);
    web2().write(role, "sync");
    const { made } = await makeTrust(managed, { adopt: true });
    web2().write(role, "write-only");
    const found = (await managed.provider.read(made))!;
    expect(JSON.stringify(found)).not.toContain("HANDMADE");
    const register = web2().list("/var/cpanel/.pulumi-whm");
    const [claim] = register.filter((path) => (web2().read(path) ?? "").includes("HANDMADE"));
    expect(claim).toContain("/member.192.0.2.10.");
    expect([web2().mode(claim!), web2().mode("/var/cpanel/.pulumi-whm")]).toEqual([0o600, 0o700]);
  });
});
