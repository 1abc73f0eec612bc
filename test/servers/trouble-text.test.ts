import { troubleText } from "../../provider/servers/errors";

/** As Node reports a host name of which no address answers. */
function several(...messages: string[]): Error {
  return Object.assign(new AggregateError(messages.map((message) => new Error(message))), {
    code: "ECONNREFUSED",
  });
}

test.each([
  ["an error's own message", new Error("read ECONNRESET"), "read ECONNRESET"],
  [
    "what happened at each address",
    several("connect ECONNREFUSED ::1:2087", "connect ECONNREFUSED 127.0.0.1:2087"),
    "connect ECONNREFUSED ::1:2087; connect ECONNREFUSED 127.0.0.1:2087",
  ],
  [
    "the same said by all of them once",
    several("connect ETIMEDOUT", "connect ETIMEDOUT"),
    "connect ETIMEDOUT",
  ],
  ["the code where nothing else is said", several("", ""), "ECONNREFUSED"],
  ["the name where there is no code either", new TypeError(""), "TypeError"],
])("[U] trouble is told by %s", (_case, error, text) => {
  expect(troubleText(error)).toBe(text);
});
