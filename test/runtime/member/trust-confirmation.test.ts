import { confirmTrust } from "../../../provider/runtime/member/trust-confirmation";
import type { Server } from "../../../provider/servers";

const inputs = {
  logicalName: "organization/project/stack/web2-trusts-web1",
  server: "web1",
  peer: "web2",
  token: "T",
  serverAddress: "192.0.2.10",
  serverPublicAddress: "203.0.113.10",
  serverHostname: "web1.example.com",
  user: "root",
  adopt: false,
};

/** A peer whose API gives this answer, and what it was asked. */
function answering(answer: unknown): { peer: Server; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = (...question: unknown[]): Promise<unknown> => {
    asked.push(question.slice(1, 3));
    return Promise.resolve(answer);
  };
  return { peer: { name: "web2", api: { server: "web2", call } } as unknown as Server, asked };
}

test("[U] the peer is asked for the server's address and its public address", async () => {
  const { peer, asked } = answering({ has_trust: 1 });
  await confirmTrust(peer, inputs);
  expect(asked).toEqual([["cluster_member_has_trust_with", { host: "192.0.2.10", althost: "203.0.113.10" }]]);
});

test.each([0, "0"])("[U] the answer %j means that there is no trust", async (hasTrust) => {
  const { peer } = answering({ has_trust: hasTrust });
  await expect(confirmTrust(peer, inputs)).rejects.toMatchObject({
    code: "not-confirmed",
    server: "web2",
    message: expect.stringContaining("no trust with 192.0.2.10") as string,
  });
});

test("[U] an answer without a verdict does not confirm the trust", async () => {
  const { peer } = answering(null);
  await expect(confirmTrust(peer, inputs)).rejects.toMatchObject({ code: "unexpected-reply" });
});
