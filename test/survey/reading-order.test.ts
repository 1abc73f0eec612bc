import { projectsAmong } from "../../provider/cli/affected/projects";
import { namesIn } from "../../provider/survey/audit/known-servers";
import { tokensOfServer } from "../../provider/survey/tokens/token-list";
import { dns, link } from "../topology/builders";

// Lists that people read are in the order in which they read: web2 before web10.

const names = ["web10", "web9", "web100"];
const inOrder = ["web9", "web10", "web100"];

test("[U] an audit lists servers as they are read", () => {
  const topology = { servers: { ns1: dns(53) }, links: names.map((name) => link(`${name} -> ns1`)) };
  expect(namesIn(topology)).toEqual(["ns1", ...inOrder]);
});

test("[U] tokens of a server are listed as their names are read", () => {
  const tokens = names.map((name) => ({
    name,
    acls: ["clustering"],
    whitelistIps: [],
    createTime: undefined,
    expiresAt: undefined,
  }));
  expect(tokensOfServer("ns1", tokens, [], 0).map(({ name }) => name)).toEqual(inOrder);
});

test("[U] projects and stacks are listed as they are read", () => {
  const files = names.flatMap((name) => [
    `${name}/Pulumi.yaml`,
    `${name}/Pulumi.s10.yaml`,
    `${name}/Pulumi.s9.yaml`,
  ]);
  expect(projectsAmong(files)).toEqual(inOrder.map((folder) => ({ folder, stacks: ["s9", "s10"] })));
});
