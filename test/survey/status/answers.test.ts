import { askNameserver, unheardNameservers } from "../../../provider/survey/status/answers";
import { judgeAnswers } from "../../../provider/survey/status/judge-answers";
import { statusOf, type ServerSketch } from "./sketch";

const [one, two] = ["one.example", "two.example"] as const;
const web1 = { feeds: ["ns1", "ns2"], serials: { [one]: 5, [two]: 5 } };

/** A nameserver with these answers about the first and the second zone. */
function nameserver(
  answers: readonly (number | string)[],
  serials: Record<string, number | undefined> = { [one]: 5, [two]: 5 },
): ServerSketch {
  const zones = [one, two].slice(0, answers.length);
  return {
    isNameserver: true,
    serials,
    answers: Object.fromEntries(zones.map((zone, at) => [zone, answers[at]!])),
  };
}

function judged(servers: Record<string, ServerSketch>) {
  const status = statusOf(servers, { chosenZones: [one, two] });
  const found = judgeAnswers(status).map(({ kind, server, message }) => `${kind} ${server} ${message}`);
  return { found, unheard: unheardNameservers(status) };
}

test("[U] answers that match the files are no finding, nor are newer ones of a nameserver that signs", () => {
  expect(judged({ web1, ns1: nameserver([5, 5]), ns2: nameserver([5, 6]) })).toEqual({
    found: [],
    unheard: [],
  });
});

test("[U] an older answer and a refusal are found where they are", () => {
  expect(
    judged({ web1, ns1: nameserver([4, "refuses to answer (REFUSED)"]), ns2: nameserver([5, 5]) }).found,
  ).toEqual([
    "answers-older ns1 holds the zone one.example with serial 5 in its file and answers 4.",
    "answers-not ns1 holds the zone two.example with serial 5 in its file and refuses to answer (REFUSED).",
  ]);
});

test("[U] a file that is behind or without an SOA record is found by itself", () => {
  const ns1 = nameserver([3, "refuses"], { [one]: 4, [two]: undefined });
  expect(judged({ web1, ns1 }).found).toEqual([]);
});

test("[U] one silent nameserver is found once, and all of them are no finding", () => {
  expect(judged({ web1, ns1: nameserver(["", ""]), ns2: nameserver([5, 5]) }).found).toEqual([
    "answers-not ns1 holds one.example, two.example and gives no answer over DNS: it does not answer on port 53.",
  ]);
  expect(judged({ web1, ns1: nameserver(["", ""]), ns2: nameserver(["", ""]) })).toEqual({
    found: [],
    unheard: ["ns1", "ns2"],
  });
});

describe("asking", () => {
  const asked: string[] = [];
  const ask = (isSilent: boolean) => (zone: string, address: string) => {
    asked.push(`${zone} ${address}`);
    return Promise.resolve(isSilent ? { isSilent, said: "does not answer" } : { serial: 5 });
  };
  const server = (more: object) =>
    ({
      isNameserver: true,
      nameserver: "bind",
      settings: { address: "10.0.0.1" },
      copies: new Map([one, two].map((zone) => [zone, { serial: 5 }])),
      ...more,
    }) as never;
  beforeEach(() => (asked.length = 0));

  test("[U] it is asked at its public address if it has one, once if it is silent", async () => {
    await askNameserver(server({}), ask(false));
    const settings = { address: "10.0.0.1", publicAddress: "192.0.2.1" };
    const answers = await askNameserver(server({ settings }), ask(true));
    expect(asked).toEqual([`${one} 10.0.0.1`, `${two} 10.0.0.1`, `${one} 192.0.2.1`]);
    expect([...answers.keys()]).toEqual([one, two]);
  });

  test("[U] web servers, and nameservers that are disabled or hold no chosen zone, are not asked", async () => {
    const others = [
      { isNameserver: false },
      { nameserver: "disabled" },
      { copies: new Map() },
      { settings: {} },
    ];
    for (const more of others) expect((await askNameserver(server(more), ask(false))).size).toBe(0);
    expect(asked).toEqual([]);
  });
});
