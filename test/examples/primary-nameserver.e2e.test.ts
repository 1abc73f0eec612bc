import { testLife } from "./life";

describe("the example primary-nameserver", () => {
  const linked = { members: { ns1: "sync" }, trusts: ["ns1", "ns2", "ns3"] };
  testLife("primary-nameserver", {
    web1: linked,
    web2: linked,
    ns1: { members: { ns2: "sync", ns3: "sync" }, trusts: [] },
  });
});
