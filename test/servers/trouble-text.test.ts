import { troubleText } from "../../provider/servers/errors";

/** As Node reports a host name of which no address answers. */
function several(...messages: string[]): Error {
  return Object.assign(new AggregateError(messages.map((message) => new Error(message))), {
    code: "ECONNREFUSED",
  });
}

test.each([
  ["its message", new Error("read ECONNRESET"), "read ECONNRESET"],
  [
    "what happened at each address",
    several("connect ECONNREFUSED ::1:2087", "connect ECONNREFUSED 127.0.0.1:2087"),
    "connect ECONNREFUSED ::1:2087; connect ECONNREFUSED 127.0.0.1:2087",
  ],
  [
    "one message for all addresses if it is the same",
    several("connect ETIMEDOUT", "connect ETIMEDOUT"),
    "connect ETIMEDOUT",
  ],
  ["its code if it has no message", several("", ""), "ECONNREFUSED"],
  ["its name if it has no code either", new TypeError(""), "TypeError"],
])("[U] the text of an error is %s", (_case, error, text) => {
  expect(troubleText(error)).toBe(text);
});
