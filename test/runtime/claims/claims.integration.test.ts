import { cleanFailure } from "../../helpers/failed-write";
import { managedServers } from "../../helpers/managed-servers";
import { makeMember, makeToken, memberInputs } from "../../helpers/resource-inputs";
import { memberFile, ns1Entry } from "../../helpers/server-files";

const managed = managedServers();
const web1 = () => managed.simulator.files("web1");
const register = "/var/cpanel/.pulumi-whm";
const claims = (): string[] =>
  web1()
    .list(register)
    .filter((path) => path.includes("/member."));
const logicalName = "organization/project/stack/web1-ns1";

describe("a claim on an entry", () => {
  test("[I] keeps the entry for the replacement when the replaced resource is deleted", async () => {
    const token = await makeToken(managed);
    const old = await managed.provider.create("DnsClusterMember", memberInputs(token, { logicalName }));
    const next = await managed.provider.create("DnsClusterMember", memberInputs(token, { logicalName }));
    expect(next.properties["claim"]).not.toBe(old.properties["claim"]);
    await managed.provider.delete(old);
    expect(web1().read(ns1Entry.role)).toBe("sync");
    expect(claims()).toHaveLength(1);
    await managed.provider.delete(next);
    expect(web1().list(memberFile(""))).toEqual([]);
    expect(web1().list(register)).toEqual([]);
  });

  test("[I] yields to a claim that another stack makes at the same moment", async () => {
    const inputs = memberInputs(await makeToken(managed), { logicalName });
    const rival = `${register}/member.192.0.2.11.0123456789abcdef-1.json`;
    const content = { format: 1, owner: "organization/project/other", resource: "member" };
    const end = managed.simulator.watch(({ operation, target }) => {
      if (operation === "write" && target.includes("/member.192.0.2.11."))
        web1().write(rival, JSON.stringify(content), 0o600);
    });
    const said = await cleanFailure(managed.provider.create("DnsClusterMember", inputs)).finally(end);
    expect(said).toContain("the stack organization/project/other claims it at the same moment");
    expect(said).toContain("[exists-already]");
    expect(claims()).toEqual([rival]);
    expect(web1().list(memberFile(""))).toEqual([]);
  });

  test("[I] is withdrawn if the entry could not be started", async () => {
    const inputs = memberInputs(await makeToken(managed), { logicalName });
    web1().remove(ns1Entry.flag);
    let isClaimed = false;
    const end = managed.simulator.watch(({ operation, target }) => {
      if (operation === "write" && target.includes("/member.192.0.2.11.")) isClaimed = true;
      // The flag of clustering is looked at after the claim, and then written.
      if (isClaimed && operation === "stat" && target === ns1Entry.flag)
        managed.simulator.fault("web1", "read-only", { door: "sftp", times: 1 });
    });
    const said = await cleanFailure(managed.provider.create("DnsClusterMember", inputs)).finally(end);
    managed.simulator.clearFaults();
    expect(said).toContain(ns1Entry.flag);
    expect(web1().read(ns1Entry.flag)).toBeUndefined();
    expect(claims()).toEqual([]);
    expect(web1().list(memberFile(""))).toEqual([]);
  });

  test("[I] never leads to the deletion of an entry with a foreign token after it was lost", async () => {
    const { made } = await makeMember(managed, { logicalName });
    for (const path of web1().list(register)) web1().remove(path);
    const text = web1().read(ns1Entry.file)!;
    const foreign = text.replace(/^pass=.*$/m, "pass=SOMEBODYELSES");
    web1().write(ns1Entry.file, foreign, 0o600);
    await managed.provider.delete(made);
    expect(web1().read(ns1Entry.file)).toBe(foreign);
  });

  test("[I] is not made beside another member with the same host name", async () => {
    const foreign =
      "#version 2.0\nuser=root\nhost=ns1.example.com\npass=SOMEBODYELSES\nmodule=cPanel\ndebug=0\n";
    web1().write(memberFile("192.0.2.99"), foreign, 0o600);
    const inputs = memberInputs(await makeToken(managed), { logicalName });
    const said = await cleanFailure(managed.provider.create("DnsClusterMember", inputs));
    expect(said).toContain("an entry for 192.0.2.99 already that has the same host name, ns1.example.com");
    expect(claims()).toEqual([]);
    expect(web1().list(memberFile(""))).toEqual([memberFile("192.0.2.99")]);
  });
});
