import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { parse } from "../schema/parse";
import { checkInputs, declaredInputs, knownInputs, type Properties } from "./checked-inputs";
import { claim, isTakenOver } from "./claims";
import { diffResult, type Difference } from "./difference";
import { PartialFailure, quietly, savedFailure } from "./failures";
import { refuseUnjudged } from "./judged";
import { plainData } from "./plain-data";
import { configure, isForgotten } from "./session";
import { explainMissingServer } from "./missing-server";
import { warn } from "./warn";

/** What a resource does on the servers; parsing, cleaning and error texts are taken care of around it. */
export interface Lifecycle<Schema extends z.ZodObject, State extends object> {
  /** What it is called in a sentence. */
  title: string;
  /** What kind of entry its id is the key of; two resources may be about the same kind. */
  entry: "member" | "line" | "token";
  schema: Schema;
  /** The server that is written to. */
  host(state: State): string;
  /** Compares without any contact. Values that are not known yet compare as different. */
  compare(state: State, inputs: z.output<Schema>): Difference;
  create(inputs: z.output<Schema>): Promise<{ id: string; state: State }>;
  /** Reads the live state and never writes; undefined when the resource is gone. */
  read(state: State): Promise<{ state: State; inputs: object } | undefined>;
  update(state: State, inputs: z.output<Schema>): Promise<State>;
  delete(state: State): Promise<void>;
}

/** Puts a lifecycle behind the interface through which the engine's dynamic provider calls it. */
export function asProvider<Schema extends z.ZodObject, State extends object>(
  lifecycle: Lifecycle<Schema, State>,
): pulumi.dynamic.ResourceProvider {
  const { schema, title } = lifecycle;
  return {
    configure,

    check: (_olds: Properties, news: Properties) => quietly([news], () => checkInputs(schema, news)),

    diff: (_id: string, olds: Properties, news: Properties) =>
      quietly([olds, news], () =>
        diffResult(lifecycle.compare(olds as unknown as State, knownInputs(schema, news))),
      ),

    create: (news: Properties) =>
      savedFailure([news], async () => {
        const inputs = parse(schema, declaredInputs(news), title);
        refuseUnjudged(news);
        const { id, state } = await lifecycle.create(inputs).catch((error: unknown) => {
          throw withClaim(lifecycle.entry, error);
        });
        return { id, outs: { ...plainData(state), claim: claim(`${lifecycle.entry} ${id}`) } };
      }),

    read: (id: string, props: Properties) =>
      quietly([props], async () => {
        const state = props as unknown as State;
        const host = lifecycle.host(state);
        if (isForgotten(host)) return { id, props: plainData(state) };
        const found = await explainMissingServer(host, () => lifecycle.read(state));
        return found ? readResult(id, props, found) : {};
      }),

    update: (_id: string, olds: Properties, news: Properties) =>
      savedFailure([news, olds], async () => {
        const inputs = parse(schema, declaredInputs(news), title);
        refuseUnjudged(news);
        const state = await lifecycle.update(olds as unknown as State, inputs);
        return { outs: { ...plainData(state), ...(olds.claim !== undefined && { claim: olds.claim }) } };
      }),

    delete: (id: string, props: Properties) =>
      quietly([props], async () => {
        const state = props as unknown as State;
        const host = lifecycle.host(state);
        if (isTakenOver(`${lifecycle.entry} ${id}`, props.claim)) return;
        if (isForgotten(host)) return warn(staysBehind(`${title} ${id}`, host));
        await explainMissingServer(host, () => lifecycle.delete(state));
      }),
  };
}

/** A resource that is saved half made has a claim as well. */
function withClaim(entry: string, error: unknown): unknown {
  if (!(error instanceof PartialFailure)) return error;
  const state = { ...error.state, claim: claim(`${entry} ${error.id}`) };
  return new PartialFailure(error.id, state, error.cause);
}

/** Inputs are told only where something has changed on the server: else the engine keeps those it has. */
function readResult(
  id: string,
  props: Properties,
  found: { state: object; inputs: object },
): pulumi.dynamic.ReadResult {
  const live = plainData(found.state);
  const unchanged = isDeepStrictEqual(declaredInputs(live), declaredInputs(props));
  return { id, props: live, ...(!unchanged && { inputs: declaredInputs(plainData(found.inputs)) }) };
}

function staysBehind(resource: string, host: string): string {
  return `${host} is marked as gone for good: ${resource} leaves the state and stays on ${host}.`;
}
