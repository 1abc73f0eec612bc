import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { judgedInput, judgedText, type JudgedKind } from "../schema/judged";
import { parse } from "../schema/parse";
import {
  checkInputs,
  declaredInputs,
  knownInputs,
  type Properties,
  refuseUnjudged,
} from "./engine/checked-inputs";
import { diffResult, type Difference } from "./difference";
import { PartialFailure, quietly, savedFailure } from "./engine/failures";
import { refuseHeldDeletion } from "./engine/held-deletions";
import { explainMissingServer } from "./recognising/missing-server";
import { plainData } from "./engine/plain-data";
import { refuseMisdeclared } from "./recognising/live-server";
import {
  hostMarkOf,
  isAccepted,
  recogniseHost,
  refuseAnotherHost,
  rememberHost,
} from "./recognising/recognised";
import { configure, isForgotten, servers } from "./engine/session";
import { warn } from "./engine/warn";
import { writeMark } from "./engine/write-mark";

/** What a resource does on the servers. Parsing, cleaning and error texts are handled around it. */
export interface Lifecycle<Schema extends z.ZodObject, State extends object> {
  /** Name of the resource in a sentence. */
  title: string;
  /** Kind of resource for the rules. */
  judged: JudgedKind;
  schema: Schema;
  /** Returns the server that is written to. */
  host(state: State): string;
  /** Whether it is read without the files of its host, which is then checked only when something is missing or changed. */
  isReadOverApi?: true;
  /** Compares without any contact. Unknown values count as different. */
  compare(state: State, inputs: z.output<Schema>): Difference;
  create(inputs: z.output<Schema>): Promise<{ id: string; state: State }>;
  /** Reads the live state and never writes. Returns undefined when the resource is gone. */
  read(state: State): Promise<{ state: State; inputs: object } | undefined>;
  update(state: State, inputs: z.output<Schema>): Promise<State>;
  delete(state: State): Promise<void>;
}

/** Wraps a lifecycle in the interface that the engine's dynamic provider calls. */
export function asProvider<Schema extends z.ZodObject, State extends object>(
  lifecycle: Lifecycle<Schema, State>,
): pulumi.dynamic.ResourceProvider {
  const { schema, title } = lifecycle;
  return {
    configure,

    check: (_olds: Properties, news: Properties) => quietly([news], () => checkInputs(schema, news)),

    diff: (_id: string, olds: Properties, news: Properties) =>
      quietly([olds, news], () => {
        const state = olds as unknown as State;
        const difference = lifecycle.compare(state, knownInputs(schema, news));
        if (!difference.leavesMachine) rememberHost(lifecycle.host(state), olds.host);
        return diffResult(difference);
      }),

    create: (news: Properties) =>
      savedFailure([news], async () => {
        const inputs = parse(schema, declaredInputs(news), title);
        refuseUnjudged(news);
        const host = lifecycle.host(inputs as unknown as State);
        await refuseMisdeclared(servers().get(host));
        await refuseAnotherHost(host);
        const { id, state } = await withHost(host, () => lifecycle.create(inputs));
        return { id, outs: await written(state, host) };
      }),

    read: (id: string, props: Properties) => quietly([props], () => readFrom(lifecycle, id, props)),

    update: (_id: string, olds: Properties, news: Properties) =>
      savedFailure([news, olds], async () => {
        const inputs = parse(schema, declaredInputs(news), title);
        refuseUnjudged(news);
        const state = olds as unknown as State;
        const host = lifecycle.host(state);
        await recogniseHost(host, olds.host);
        const next = await withHost(host, () => lifecycle.update(state, inputs));
        return { outs: await written(next, host) };
      }),

    delete: (id: string, props: Properties) =>
      quietly([props], async () => {
        const state = props as unknown as State;
        const host = lifecycle.host(state);
        refuseHeldDeletion(`${title} ${id}`, host);
        if (isForgotten(host)) return warn(staysBehind(`${title} ${id}`, host));
        await explainMissingServer(host, async () => {
          await recogniseHost(host, props.host);
          await lifecycle.delete(state);
        });
      }),
  };
}

/** Checks that the server is the right one before trusting its answer. */
async function readFrom<Schema extends z.ZodObject, State extends object>(
  lifecycle: Lifecycle<Schema, State>,
  id: string,
  props: Properties,
): Promise<pulumi.dynamic.ReadResult> {
  const state = props as unknown as State;
  const host = lifecycle.host(state);
  if (isForgotten(host)) return { id, props: plainData(state) };
  return explainMissingServer(host, async () => {
    const isAcceptedAnew = isAccepted(host);
    if (!lifecycle.isReadOverApi || isAcceptedAnew) await recogniseHost(host, props.host);
    const found = await lifecycle.read(state);
    // On another machine everything is missing, but nothing is gone.
    if (!found) await recogniseHost(host, props.host);
    const mark = found && isAcceptedAnew ? await hostMarkOf(host) : {};
    if (!found) return {};
    const judged = { [judgedInput]: judgedText(lifecycle.judged, props) };
    return readResult(id, props, { state: { ...found.state, ...mark }, inputs: found.inputs, judged });
  });
}

/** Returns a state that has just been written, with what says where and when. */
async function written(state: object, host: string): Promise<Record<string, unknown>> {
  return { ...plainData(state), ...(await hostMarkOf(host)), written: writeMark() };
}

/** Adds the same to a resource that is saved half made. */
async function withHost<Result>(host: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const mark = await hostMarkOf(host).catch(() => ({}));
    throw new PartialFailure(error.id, { ...error.state, ...mark, written: writeMark() }, error.cause);
  }
}

/**
 * Returns inputs only if something has changed on the server; otherwise the engine keeps those it has. The judged
 * values are included unchanged, or a preview would show them as added.
 */
function readResult(
  id: string,
  props: Properties,
  found: { state: object; inputs: object; judged: object },
): pulumi.dynamic.ReadResult {
  const live: Properties = plainData(found.state);
  const unchanged = isDeepStrictEqual(declaredInputs(live), declaredInputs(props));
  return {
    id,
    props: live,
    ...(!unchanged && { inputs: { ...declaredInputs(plainData(found.inputs)), ...found.judged } }),
  };
}

function staysBehind(resource: string, host: string): string {
  return `${host} is marked as gone for good: ${resource} leaves the state and stays on ${host}.`;
}
