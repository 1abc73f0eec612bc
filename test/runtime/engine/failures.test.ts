import { PartialFailure, quietly, savedFailure } from "../../../provider/runtime/engine/failures";

const secret = "PLANTEDSECRETPLANTEDSECRETPLANTE";
const failing = (error: Error) => () => Promise.reject(error);
const caught = (work: Promise<unknown>): Promise<Error & Record<string, unknown>> =>
  work.then(
    () => Promise.reject(new Error("It succeeded.")),
    (error: Error & Record<string, unknown>) => error,
  );

test("[U] a failure before the first write has no state to save and no stack trace", async () => {
  const error = await caught(savedFailure([{ token: secret }], failing(new Error(`no: ${secret}`))));
  expect({ ...error, message: error.message, stack: error.stack }).toEqual({
    name: "",
    message: "no: ********",
    stack: "",
  });
});

test("[U] a failure half-way carries id, state and the provider string", async () => {
  const half = new PartialFailure(
    "web1/1",
    { role: "missing", none: undefined },
    new Error(`lost ${secret}`),
  );
  const error = await caught(savedFailure([{ token: secret, __provider: "text" }], failing(half)));
  expect(error).toMatchObject({ id: "web1/1", reasons: ["lost ********"] });
  expect(error["properties"]).toEqual({ role: "missing", __provider: "text" });
});

test("[U] an update that fails half-way keeps the claim of its resource", async () => {
  const half = new PartialFailure("web1/1", { role: "missing", claim: "mine" }, new Error("lost"));
  const error = await caught(
    savedFailure([{ __provider: "new" }, { claim: "old", __provider: "old" }], failing(half)),
  );
  expect(error["properties"]).toEqual({ role: "missing", claim: "mine", __provider: "new" });
});

test("[U] the old token is hidden too", async () => {
  const olds = { token: secret };
  const error = await caught(savedFailure([{}, olds], failing(new Error(`${secret} failed`))));
  expect(error.message).toBe("******** failed");
  expect((await caught(quietly([olds], failing(new Error(secret))))).message).toBe("********");
});

test("[U] a thrown value that is not an error keeps its text", async () => {
  expect((await caught(quietly([], failing("plain words" as unknown as Error)))).message).toBe("plain words");
});
