import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import type { Slices } from '../../src/rollback/document.ts';
import { asRecord } from '../../src/rollback/json.ts';
import type { Revision } from '../../src/rollback/plan.ts';
import { isAutomatic, type Request } from '../../src/rollback/request.ts';
import { rollbacksIn } from '../scenarios/rollbacks.ts';
import type { Night } from './night.ts';

/** The document of a rollback, as far as the states have filled it. A forged input may lack the request. */
export type Document = Slices & { readonly request?: Request };

/** A state that a rollback entered. */
export interface Entered {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly document: Document;
}

/** One execution of the rollback machine. */
export interface Rollback {
  readonly execution: Execution;
  readonly target: string | undefined;
  /** No person and no tool asked for it. A person may still have answered its question. */
  readonly isAutomatic: boolean;
  readonly entered: readonly Entered[];
  /** The document at its end, with the outcome. */
  readonly last: Document;
  /** Milliseconds since the epoch of the outcome, by the world's clock: that of a function may be skewed. Null: it has none. */
  readonly endedAt: number | null;
}

/** One call of Lastgood that may have changed a target: AWS accepted it, or its answer was lost. */
export interface Write {
  readonly at: number;
  readonly call: Call;
  /** The rollback for which it was made; null: none is known, so none held the claim. */
  readonly rollback: Rollback | null;
  /** The state of the rollback that made it: the last one of those that may write. */
  readonly from: Entered | null;
}

/** A change of an alarm. */
export interface Turn {
  readonly at: number;
  readonly alarm: string;
  readonly to: string;
  /** Id of its event. */
  readonly event: string;
  /** EventBridge carried it to at least one rule. */
  readonly isDelivered: boolean;
}

/** What happened in a night, as several invariants read it. */
export interface Course {
  /** Those of the story's target, oldest first. */
  readonly rollbacks: readonly Rollback[];
  /** Executions for other targets, and those whose input names none. */
  readonly others: readonly Rollback[];
  readonly writes: readonly Write[];
  /** Of the alarms that call Lastgood. */
  readonly turns: readonly Turn[];
  /** Of every alarm: one below a composite alarm may call Lastgood too, by its dimensions. */
  readonly allTurns: readonly Turn[];
}

/** States that may write to a target. */
const WRITING = new Set(['Stop', 'Revert']);

const known = new WeakMap<Night, Course>();

/** Returns the course of a night. It is read once, when the story is over. */
export function courseOf(night: Night): Course {
  const before = known.get(night);
  if (before !== undefined) return before;
  const all = rollbacksIn(night.stage.runtime).map(rollbackOf);
  const allTurns = turnsIn(night);
  const course = {
    rollbacks: all.filter(({ target }) => target === night.subject.target),
    others: all.filter(({ target }) => target !== night.subject.target),
    writes: writesIn(night, all),
    turns: allTurns.filter(({ alarm }) => night.subject.alarms.includes(alarm)),
    allTurns,
  };
  known.set(night, course);
  return course;
}

function rollbackOf(execution: Execution): Rollback {
  const entered = execution.states.map(({ name, at, input }) => ({
    name,
    at: Date.parse(at),
    document: asRecord(input) ?? {},
  })) as readonly Entered[];
  const request = asRecord(asRecord(execution.input)?.['request']) as Request | null;
  const last = entered.at(-1)?.document ?? {};
  return {
    execution,
    target: request?.target,
    isAutomatic: request !== null && isAutomatic(request),
    entered,
    last,
    endedAt: entered.find(({ document }) => document.outcome !== undefined)?.at ?? null,
  };
}

function writesIn({ stage: { journal, runtime } }: Night, all: readonly Rollback[]): readonly Write[] {
  const { calls } = runtime.wire;
  const writes = calls.filter((call) => journal.isWrite(maybeDone(call)));
  if (writes.length === 0) return [];
  const invocations = new Set(writes.map(({ invocation }) => invocation));
  const holders = new Map<number, string>();
  for (const call of calls) {
    const { invocation } = call;
    const holder = invocation !== undefined && invocations.has(invocation) ? holderIn(call) : null;
    if (invocation !== undefined && holder !== null) holders.set(invocation, holder);
  }
  return writes.map((call) => {
    const at = Date.parse(call.at);
    const holder = holders.get(call.invocation ?? -1);
    const rollback = all.find(({ execution }) => execution.arn === holder) ?? null;
    const from =
      rollback?.entered.findLast((entered) => WRITING.has(entered.name) && entered.at <= at) ?? null;
    return { at, call, rollback, from };
  });
}

/** A call whose answer was lost may have been done. */
function maybeDone(call: Call): Pick<Call, 'role' | 'operation' | 'allowed' | 'error'> {
  const { role, operation, allowed, error } = call;
  return { role, operation, allowed, ...(error !== undefined && error !== 'TimeoutError' && { error }) };
}

/** Says whether AWS accepted a write, as Lastgood heard. */
export function isAnswered({ call: { error } }: Write): boolean {
  return error === undefined;
}

/** Returns the execution that a call to the claims names as the one that holds the target, or null. */
function holderIn({ service, operation, error, input }: Call): string | null {
  if (service !== 'dynamodb' || operation !== 'UpdateItem' || error !== undefined) return null;
  const { Key, ExpressionAttributeValues: values } = (asRecord(input) ?? {}) as {
    readonly Key?: { readonly item?: string };
    readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  };
  const execution = values?.[':execution'];
  return Key?.item === 'claim' && typeof execution === 'string' ? execution : null;
}

function turnsIn({ stage: { runtime } }: Night): readonly Turn[] {
  return runtime.bus.published.flatMap(({ event, rules, lost }) => {
    if (event['detail-type'] !== 'CloudWatch Alarm State Change') return [];
    const { alarmName, state } = event.detail as {
      readonly alarmName: string;
      readonly state: { readonly value: string; readonly timestamp: string };
    };
    const isDelivered = !lost && rules.length > 0;
    const at = Date.parse(state.timestamp.replace('+0000', 'Z'));
    return [{ at, alarm: alarmName, to: state.value, event: event.id, isDelivered }];
  });
}

/** Returns the name of the release that a revision of a plan is, or null. */
export function releaseIn({ subject }: Night, revision: Revision | undefined): string | null {
  if (revision === undefined) return null;
  return subject.releaseOf(revision.id) ?? subject.releaseOf(revision.name);
}

/** Returns the revisions of a plan that has a way back. */
export function routeOf({ plan }: Document): { readonly from: Revision; readonly to: Revision } | null {
  if (plan === undefined || !('to' in plan)) return null;
  return { from: plan.suspect ?? plan.from, to: plan.to };
}

/** Says whether a person stands behind what a rollback does by this document: a request of theirs, or their answer. */
export function isWanted({ request, verdict, approval }: Document): boolean {
  const asked = [request, verdict?.decidedBy].some((one) => one !== undefined && !isAutomatic(one));
  return asked || isApproved(approval);
}

export function isApproved(approval: Slices['approval']): boolean {
  return approval !== undefined && 'answer' in approval && approval.answer === 'approved';
}

/** Returns an instant for people: `02:44:53`. */
export function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
