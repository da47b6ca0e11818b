import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import type { Published } from '@lastgood/embedded-aws/runtime/events/bus.ts';
import type { Invocation } from '@lastgood/embedded-aws/runtime/lambda/lambda.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import type { Served } from '@lastgood/embedded-aws/world/traffic.ts';
import { INVARIANTS } from '../../../../local/campaign/invariants/all.ts';
import type { Judged } from '../../../../local/campaign/invariants/invariant.ts';
import type { Capacity, Entry, Harm, Night, Tagged } from '../../../../local/campaign/night.ts';
import type { Shares } from '../../../../local/campaign/ground.ts';
import type { Answering, Way } from '../../../../local/campaign/releases.ts';
import { Journal } from '../../../../local/scenarios/journal.ts';

const START = Date.parse('2026-11-22T03:00:00.000Z');
export const TARGET = 'ecs:prod/checkout';
export const ARN = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:first';
export const ROLE = 'lastgood-prod-mechanism-ecs-eu-west-1-role';
/** The invocation of Revert. */
const REVERT = 7;

/** Returns an instant of the night: minutes after its start, in milliseconds since the epoch. */
export function at(minutes: number): number {
  return START + minutes * 60_000;
}

export function iso(minutes: number): string {
  return new Date(at(minutes)).toISOString();
}

/** All that a night is made of. A test changes what it is about. */
export interface Parts {
  now: number;
  gate: boolean;
  kind: string;
  controller: string;
  strategy: string;
  alarmOn: 'count' | 'unhealthy' | 'band';
  tagged: Tagged[];
  diary: Entry[];
  harm: Harm[];
  capacity: Capacity[];
  /** Of the call at an instant, by minutes: what the releases had before and after it. */
  moves: { at: number; before: Shares; after: Shares }[];
  releases: Record<string, { way: Way; deployedAt: number; answering: Answering[] }>;
  /** Minutes in which this share of requests failed; in all others none did. */
  failing: { from: number; to: number; share: number }[];
  violations: string[];
  calls: Call[];
  executions: Execution[];
  published: Published[];
  invocations: Partial<Invocation>[];
  losses: { at: string; what: string; why: string }[];
  dropped: { at: string; rule: string; reason: string }[];
  items: object[];
  letters: string[];
  refusals: { at: number; method: string; error: string }[];
  bodies: string[];
}

export const REVISIONS = {
  v1: { id: 'revision-1', name: 'checkout:1' },
  v2: { id: 'revision-2', name: 'checkout:2' },
} as const;

/** The document of the rollback that ended well, as its states saw it. */
export function documentWith(more: object = {}): Record<string, unknown> {
  return {
    request: {
      target: TARGET,
      reason: 'alarm errors turned',
      trigger: { type: 'alarm', id: 'turn', at: iso(13), alarm: 'errors' },
    },
    execution: ARN,
    claim: { kind: 'ecs', holder: ARN, since: iso(13), expiresAt: iso(253) },
    plan: { state: 'ready', from: REVISIONS.v2, to: REVISIONS.v1, rungs: [{ name: 'redeploy' }], tags: {} },
    verdict: {
      verdict: 'act',
      at: iso(13.1),
      reasons: ['Alarm errors turned 3 minutes after the deployment of checkout:2 began.'],
    },
    ...more,
  };
}

export function stateAt(minutes: number, name: string, input: object): Execution['states'][number] {
  return { name, at: iso(minutes), input };
}

export function call(minutes: number, operation: string, more: Partial<Call> = {}): Call {
  const own = { service: 'ecs', role: ROLE, invocation: REVERT, allowed: true, asked: [], input: {} };
  return { at: iso(minutes), operation, ...own, ...more };
}

export function eventOf(type: string, detail: object, more: Partial<Published['event']> = {}): Published {
  return {
    ...{ bus: 'lastgood-prod', rules: ['a-rule'], lost: false },
    event: {
      ...{ version: '0', id: 'an-event', 'detail-type': type, source: 'lastgood', account: '111122223333' },
      ...{ time: iso(20), region: 'eu-west-1', resources: [], detail: detail as Record<string, unknown> },
      ...more,
    },
  };
}

export function alarmTurns(minutes: number, value: string, id = 'turn'): Published {
  const detail = { alarmName: 'errors', state: { value, timestamp: iso(minutes) } };
  return eventOf('CloudWatch Alarm State Change', detail, { source: 'aws.cloudwatch', id });
}

/** A night that went well: v2 fails its users, and Lastgood takes it back to v1. */
function well(): Parts {
  const outcome = { state: 'rolled-back', at: iso(20), reason: 'checkout:1 runs again', advice: [] };
  const reverted = { state: 'started', rung: 0, left: [] };
  const health = { state: 'proven', healthySince: iso(17), at: iso(20), signs: [] };
  const ended = documentWith({ reverted, health, outcome });
  const update = { cluster: 'prod', service: 'checkout', taskDefinition: 'checkout:1' };
  return {
    now: at(40),
    gate: false,
    ...{ kind: 'ecs', controller: 'ECS', strategy: 'rolling', alarmOn: 'count' },
    tagged: [{ at: at(0), tags: { lastgood: 'auto', 'lastgood:soak': '5' } }],
    diary: [{ at: at(10), by: 'pipeline', what: 'release', release: 'v2' }],
    harm: [{ from: at(10.5), to: at(15) }],
    capacity: [{ at: at(0), seenAt: at(40), count: 3 }],
    moves: [],
    releases: {
      v1: {
        way: 'good',
        deployedAt: at(0),
        answering: [
          { from: at(0), to: at(11) },
          { from: at(14), to: at(40) },
        ],
      },
      v2: { way: 'errors', deployedAt: at(10), answering: [{ from: at(10.5), to: at(15) }] },
    },
    failing: [{ from: at(11), to: at(15), share: 0.4 }],
    violations: [],
    calls: [
      claimCall(13, { ':holder': ARN }, 'SET #holder = :holder', 3),
      claimCall(13.2, { ':execution': ARN }, 'SET #expiresAt = :expiresAt', REVERT),
      call(13.21, 'UpdateService', { input: update }),
    ],
    executions: [
      {
        ...{ arn: ARN, name: 'first', status: 'SUCCEEDED', startedAt: iso(13), stoppedAt: iso(20) },
        input: { request: documentWith()['request'] },
        states: [
          stateAt(13, 'Claim', { request: documentWith()['request'] }),
          stateAt(13.05, 'Plan', { request: documentWith()['request'] }),
          stateAt(13.2, 'Revert', documentWith()),
          stateAt(13.5, 'Settle', documentWith({ reverted })),
          stateAt(17, 'Verify', documentWith({ reverted })),
          stateAt(20, 'Report', documentWith({ reverted, health })),
          stateAt(20, 'RolledBack', ended),
        ],
      },
    ],
    published: [
      alarmTurns(1, 'OK', 'first'),
      alarmTurns(13, 'ALARM'),
      alarmTurns(17, 'OK', 'again'),
      eventOf('Rollback Succeeded', {
        ...{
          target: TARGET,
          execution: ARN,
          outcome: 'rolled-back',
          reason: outcome.reason,
          endedAt: iso(20),
        },
        ...{ from: REVISIONS.v2, to: REVISIONS.v1, times: { healthySince: iso(17), provenAt: iso(20) } },
      }),
    ],
    invocations: [],
    losses: [],
    dropped: [],
    items: [
      entry('proven', REVISIONS.v1, { completedAt: iso(1), provenAt: iso(7) }),
      entry('condemned', REVISIONS.v2, { condemnedAt: iso(20), execution: ARN }),
    ],
    letters: [],
    refusals: [],
    bodies: ['blocks=…'],
  };
}

/** A write of the claim. */
export function claimCall(
  minutes: number,
  values: Readonly<Record<string, string>>,
  UpdateExpression: string,
  invocation: number,
): Call {
  const input = {
    ...{ TableName: 'lastgood-prod-claims', Key: { target: TARGET, item: 'claim' } },
    ...{ UpdateExpression, ExpressionAttributeValues: values },
  };
  return call(minutes, 'UpdateItem', { service: 'dynamodb', invocation, input });
}

/** Returns the write with which the ledger takes a proof, of v1 unless it says otherwise. */
export function proof(minutes: number, revision: object = REVISIONS.v1): Call {
  const values = { ':state': 'proven', ':revision': revision, ':provenAt': iso(minutes) };
  const input = { Key: { target: TARGET }, ExpressionAttributeValues: values };
  return call(minutes, 'UpdateItem', { service: 'dynamodb', input });
}

export function entry(state: string, revision: { readonly id: string }, more: object): object {
  return { target: TARGET, item: `revision#${revision.id}`, state, revision, ...more };
}

/** Returns a night that went well but for what a test changes. */
export function nightWith(change: (parts: Parts) => void = () => undefined): Night {
  const parts = well();
  change(parts);
  return nightOf(parts);
}

function nightOf(parts: Parts): Night {
  const runtime = {
    wire: { calls: parts.calls },
    executions: () => parts.executions,
    bus: { published: parts.published },
    invocations: parts.invocations,
    losses: parts.losses,
    delivery: { dropped: parts.dropped },
    items: () => Promise.resolve(parts.items),
    queues: { all: [{ name: 'dead' }], messages: () => parts.letters.map((body) => ({ body })) },
    states: { all: [] },
    lambda: { logs: [] },
  };
  const journal = { isWrite: Journal.prototype.isWrite.bind(null), happenings: () => [] };
  const stage = {
    ...{ runtime, journal, terminal: [], services: { ecs: SERVICE } },
    world: { clock: { now: () => parts.now }, s3: { objects: { buckets: () => [] } } },
    traffic: { history: () => historyOf(parts), violations: () => parts.violations },
    slack: { server: { calls: parts.bodies, bodies: parts.bodies, refusals: parts.refusals } },
  };
  const moves = parts.moves.map(({ at: then, ...shares }) => ({
    call: parts.calls.find((one) => one.at === iso(then)),
    ...shares,
  }));
  const night = {
    moves,
    ...{ stage, diary: parts.diary, tagged: parts.tagged, harm: parts.harm, capacity: parts.capacity },
    story: {
      settings: {
        tags: parts.gate ? { 'lastgood:gate': 'on' } : {},
        alarm: { on: parts.alarmOn, minutes: 1 },
      },
      steps: [],
    },
    subject: { target: TARGET, alarms: ['errors'], releaseOf },
    ground: { kind: parts.kind, controller: parts.controller, strategy: parts.strategy },
    releases: releasesOf(parts),
  };
  return night as unknown as Night;
}

const SERVICE = {
  signingName: 'ecs',
  operations: { DescribeServices: { bucket: { name: 'ecs service read' } } },
};

function releaseOf(revision: string): string | null {
  const found = Object.entries(REVISIONS).find(([, { id, name }]) => id === revision || name === revision);
  return found?.[0] ?? (/^checkout:\d$/.test(revision) ? `v${revision.at(-1)}` : null);
}

function releasesOf({ releases }: Parts) {
  const all = Object.entries(releases).map(([name, { way, deployedAt }]) => ({ name, way, deployedAt }));
  const answering = (name: string) => releases[name]?.answering ?? [];
  return {
    ...{ all, answering, find: (name: string) => all.find((one) => one.name === name) },
    answeringAt: (instant: number, withinMs: number) =>
      all
        .map(({ name }) => name)
        .filter((name) =>
          answering(name).some(({ from, to }) => from <= instant && to >= instant - withinMs),
        ),
  };
}

/** One entry each ten seconds. */
function historyOf({ failing, now }: Parts): readonly Served[] {
  const all: Served[] = [];
  for (let then = at(0); then < now; then += 10_000) {
    const share = failing.find(({ from, to }) => then >= from && then < to)?.share ?? 0;
    all.push({ at: new Date(then), requests: 100, errors: 100 * share, slow: 0 });
  }
  return all;
}

/** Judges a night by one invariant. */
export async function judge(name: string, night: Night): Promise<Judged> {
  const found = INVARIANTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no invariant ${name}`);
  return await found.broken(night);
}

/** Replaces the document that the states from Revert on saw. */
export function saw(parts: Parts, more: object): void {
  const [first] = parts.executions;
  if (first === undefined) return;
  const states = first.states.map((state) => ({
    ...state,
    input: state.at < iso(13.2) ? state.input : { ...(state.input as object), ...more },
  }));
  parts.executions = [{ ...first, states }, ...parts.executions.slice(1)];
}
