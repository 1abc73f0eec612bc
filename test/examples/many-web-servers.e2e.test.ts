import { testLife } from "./life";

describe("the example many-web-servers", () => {
  const nameservers = ["ns1", "ns2", "ns3", "ns4"];
  const members = Object.fromEntries(nameservers.map((name) => [name, "sync"]));
  const webServers = Array.from({ length: 10 }, (_, at) => `web${at + 1}`);
  testLife(
    "many-web-servers",
    Object.fromEntries(webServers.map((name) => [name, { members, trusts: nameservers }])),
  );
});
