import { faultNames, Faults, type FaultName } from "../../provider/simulator/faults";

function planned(name: FaultName, options = {}): Faults {
  const faults = new Faults();
  faults.plan(name, options);
  return faults;
}

describe("planned faults", () => {
  test("[U] refuse an unknown name with a list of the known ones", () => {
    expect(() => new Faults().plan("explode", {})).toThrow(faultNames.join(", "));
    expect(() => new Faults().plan("toString", {})).toThrow("no fault");
  });

  test("[U] refuse a door where the fault cannot happen with a list of the possible ones", () => {
    expect(() => new Faults().plan("html", { door: "sftp" })).toThrow(
      'cannot happen at the door "sftp"; choose api',
    );
  });

  test("[U] affect only their door and operation", () => {
    const faults = planned("reset", { door: "sftp", operation: "rename" });
    expect(faults.inject("sftp", "open").has("reset")).toBe(false);
    expect(faults.inject("exec", "rename").has("reset")).toBe(false);
    expect(faults.inject("sftp", "rename").has("reset")).toBe(true);
  });

  test("[U] start after the given number of calls and happen the given number of times", () => {
    const faults = planned("reset", { after: 1, times: 2 });
    const hits = [1, 2, 3, 4].map(() => faults.inject("api", "version").has("reset"));
    expect(hits).toEqual([false, true, true, false]);
  });

  test("[U] do not count calls that they cannot affect", () => {
    const faults = planned("disk-full", { times: 1 });
    faults.inject("sftp", "read", ["slow"]);
    faults.inject("api", "version");
    expect(faults.inject("sftp", "write", ["disk-full"]).has("disk-full")).toBe(true);
  });

  test("[U] add up delays and apply the stronger effect", () => {
    const faults = planned("slow", { ms: 10 });
    faults.plan("slow", { ms: 5 });
    faults.plan("half-applied", {});
    expect(faults.inject("api", "x")).toMatchObject({ delay: 15, effect: "half" });
    faults.plan("lying-success", {});
    expect(faults.inject("api", "x").effect).toBe("none");
  });

  test("[U] are all removed by clear", () => {
    const faults = planned("no-forwarding");
    expect(faults.isPlanned("no-forwarding", "ssh")).toBe(true);
    faults.clear();
    expect(faults.isPlanned("no-forwarding", "ssh")).toBe(false);
    expect(faults.inject("ssh", "forward").has("no-forwarding")).toBe(false);
  });
});
