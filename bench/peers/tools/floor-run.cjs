// The program of the floor: runs one command on each server, over one connection each, ten at a time.
const { readFileSync } = require("node:fs");
const { Client } = require("ssh2");

const atOnce = 10;
const jobs = JSON.parse(readFileSync(process.argv[2], "utf8"));

async function work() {
  for (let job = jobs.shift(); job; job = jobs.shift()) await run(job);
}

function run({ connection: { host, port, user: username, privateKey }, script }) {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.once("error", reject).once("ready", () => {
      client.setNoDelay(true);
      client.exec(script, (error, channel) => {
        if (error) return reject(error);
        channel.resume();
        channel.stderr.resume();
        channel.once("exit", (code) => {
          client.end();
          if (code === 0) resolve();
          else reject(new Error(`${host} ended with ${code}`));
        });
      });
    });
    client.connect({ host, port, username, privateKey });
  });
}

Promise.all(Array.from({ length: atOnce }, work)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
