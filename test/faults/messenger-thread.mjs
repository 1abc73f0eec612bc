// The other thread of messenger.ts: sends the requests and tells that all were taken (1) or not (2).
import { parentPort } from "node:worker_threads";

parentPort.on("message", async ({ messages, outcome }) => {
  const taken = await Promise.all(messages.map(send)).catch(() => [false]);
  Atomics.store(outcome, 0, taken.every(Boolean) ? 1 : 2);
  Atomics.notify(outcome, 0);
});

async function send({ url, body }) {
  const reply = await fetch(url, { method: "POST", body });
  await reply.arrayBuffer();
  return reply.ok;
}
