import { mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { halfMade } from "../../helpers/failed-write";
import { managedTestbed } from "../../helpers/managed-testbed";
import { ProviderProcess } from "../../helpers/provider-process";
import { memberFile } from "../../helpers/server-files";

const managed = managedTestbed();
const entry = () => managed.place(memberFile(managed.memberInputs()["peerAddress"] as string));
const root = () => dirname(dirname(entry()));
const temporary = () => readdirSync(root()).filter((name) => name.startsWith(".pulumi-whm."));

/** A member file that takes so long to write that it can be interrupted. */
const bulky = `#version 2.0\nuser=other\n${"# note\n".repeat(500_000)}`;

/** Calls back once, as soon as a temporary file is there. */
function onTemporaryFile(act: () => void): void {
  const watcher = watch(root(), (_event, name) => {
    if (!name?.startsWith(".pulumi-whm.")) return;
    watcher.close();
    act();
  });
}

describe("a member file during a write", () => {
  beforeEach(() => {
    mkdirSync(dirname(entry()), { recursive: true, mode: 0o700 });
    writeFileSync(entry(), bulky, { mode: 0o600 });
  });

  test("[I] stays complete when the connection breaks, and the leftover is removed over a new connection", async () => {
    onTemporaryFile(() => managed.testbed.sshd.cut());
    const saved = await halfMade(managed.makeMember({ adopt: true }));
    expect(saved.message).toMatch(
      /Failed to write \/var\/cpanel\/cluster\/.* on web1: .*\[connection-lost\]/,
    );
    expect(readFileSync(entry(), "utf8")).toBe(bulky);
    expect(temporary()).toEqual([]);
    await managed.provider.update("DnsClusterMember", saved, managed.memberInputs());
    expect(readFileSync(entry(), "utf8")).toContain(bulky.slice(bulky.indexOf("# note")));
  }, 60_000);

  test("[I] stays complete when the provider process is killed, and the next process writes the member", async () => {
    // The news of the temporary file may come when it is whole and in place already.
    while (temporary().length === 0) await killWhileWriting();
    expect(temporary()).toHaveLength(1);
    expect(readFileSync(entry(), "utf8")).toBe(bulky);
    await managed.makeMember({ adopt: true });
    expect(readdirSync(dirname(entry()))).toHaveLength(2);
    expect(temporary()).toEqual([]);
  }, 60_000);

  async function killWhileWriting(): Promise<void> {
    writeFileSync(entry(), bulky);
    const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(managed.testbed.servers) });
    const stopping = new Promise<void>((resolve, reject) =>
      onTemporaryFile(() => void provider.stop().then(resolve, reject)),
    );
    await expect(
      provider.create("DnsClusterMember", managed.memberInputs({ adopt: true })),
    ).rejects.toThrow();
    await stopping;
  }
});
