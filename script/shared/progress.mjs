import { duration } from "./duration.mjs";

const everyOnTerminal = 500;
const everyInLog = 15_000;

/**
 * Shows that something long is still going on: one line that rewrites itself on a terminal, a line every 15 seconds
 * in a log.
 *
 * @param {string} label what is going on
 */
export function progress(label) {
  const terminal = process.stdout.isTTY === true;
  const started = performance.now();
  const elapsed = () => duration(performance.now() - started);
  let detail = "";
  const show = () => {
    const line = `${label}: ${detail ? `${detail}, ` : ""}${elapsed()}`;
    if (terminal) process.stdout.write(`\r\x1b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
    else console.log(line);
  };
  if (!terminal) console.log(`${label} ...`);
  const timer = setInterval(show, terminal ? everyOnTerminal : everyInLog);
  return {
    /** What is being done at this moment. */
    now(text) {
      detail = text;
    },
    /** Ends the display and leaves one line behind. */
    end(outcome) {
      clearInterval(timer);
      if (terminal) process.stdout.write("\r\x1b[2K");
      console.log(`${label}: ${outcome} (${elapsed()})`);
    },
  };
}
