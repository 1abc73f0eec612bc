import { testLife } from "./life";

describe("the example single-resources", () => {
  testLife("single-resources", {
    web1: { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] },
    ns2: { members: { web1: "standalone" }, trusts: [] },
  });
});
