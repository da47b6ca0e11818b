import { reportLink } from '../fakes/report-link.ts';
import './silence-logs.ts';
import { vi } from 'vitest';
import * as z from 'zod/mini';
import type { Emitter } from '../../src/events/emit.ts';
import { gather } from '../../functions/evidence/gather.ts';
import type { EvidenceSource } from '../../functions/evidence/source.ts';
import { holdBack } from '../../functions/guard/hold-back.ts';
import { report } from '../../functions/report/report.ts';
import { publishSteps } from '../../src/events/publish-steps.ts';
import { verify } from '../../functions/verify/verify.ts';
import { wayBack } from '../../functions/verify/way-back.ts';
import type { Closing, RollbackRecord } from '../../src/ledger/claims.ts';
import { mechanismHandler } from '../../src/lambda/mechanism.ts';
import { steps } from '../../src/lambda/steps.ts';
import type { Approval, Interrupted, Listened, Stopped } from '../../src/rollback/document.ts';
import type { Poll, RevertResult } from '../../src/rollback/mechanism.ts';
import { asInReversion, asPlanned } from '../../src/rollback/doors.ts';
import type { Sign } from '../../src/rollback/health.ts';
import { droppedAfter, type PauseOrder } from '../../src/rollback/pause.ts';
import type { Plan, Ready } from '../../src/rollback/plan.ts';
import type { Turn } from '../../src/rollback/turn.ts';
import type { Review } from '../../src/rollback/document.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { EXECUTION, runMachine, START, type Functions, type Run } from './machine.ts';

/** An answer, an error to throw, `hangs`, or a function of the part's arguments that answers later. */
export type Play<T> = T | Error | typeof hangs | ((...given: never[]) => Promise<T>);

/** Never answers. */
export const hangs = Symbol('hangs');

/** Answers of each part, call by call; the last one is repeated. */
export interface Script {
  /** Granted, or granted with a turn to read. */
  claim: Play<'granted' | Turn>[];
  hold: Play<'held'>[];
  /** Whether the mechanism may have written, as the claim says. */
  wrote: Play<boolean>[];
  plan: Play<Plan>[];
  /** What the parameter of the pause says, to the guard. */
  pause: Play<PauseOrder | null>[];
  /** The turns of looks and of further writes. */
  turn: Play<Turn | undefined>[];
  judge: Play<Verdict>[];
  approve: Play<Approval>[];
  listen: Play<Listened>[];
  review: Play<Review>[];
  interrupt: Play<Interrupted>[];
  stop: Play<Stopped>[];
  revert: Play<RevertResult>[];
  polls: Play<Poll>[];
  await: Play<null>[];
  /** AWS's event that ends the wait for it. */
  end: Play<unknown>[];
  signs: Play<readonly Sign[]>[];
  evidence: Play<readonly string[]>[];
  publish: Play<'published'>[];
}

const twoRungs: Ready['rungs'] = [
  { name: 'stop-deployment', does: 'stops the rollout with a rollback', withinSeconds: 600 },
  { name: 'redeploy', does: 'deploys the last known good revision', withinSeconds: 900 },
];

export const ready: Ready = {
  state: 'ready',
  at: START,
  tags: { lastgood: 'auto' },
  watch: { targetGroups: [], alarms: ['checkout-5xx'], probes: [] },
  source: 'ledger',
  from: { id: 'revision/bad', name: 'checkout:42' },
  to: { id: 'revision/good', name: 'checkout:41' },
  fromTags: {},
  rungs: twoRungs,
  memo: null,
};

export const act: Verdict = {
  verdict: 'act',
  at: START,
  reasons: ['The alarm turned after the deployment.'],
};

export function sign(state: Sign['state']): Sign {
  return { of: 'alarm checkout-5xx', state, says: `is ${state}` };
}

/** In flight, stopped, reverted, settled after one more poll, healthy all along. */
const usual: Script = {
  claim: ['granted'],
  hold: ['held'],
  wrote: [true],
  plan: [ready],
  pause: [null],
  turn: [undefined],
  judge: [act],
  approve: [hangs],
  listen: [{ unheard: 0 }],
  review: [{ at: START, says: 'The harm had ended by then.' }],
  interrupt: [{ state: 'no-question' }],
  stop: [{ state: 'stopped', at: START, deployment: 'deployment/bad' }],
  revert: [{ state: 'started', deployment: 'deployment/back' }],
  polls: [
    { state: 'pending', summary: '1 of 2 tasks' },
    { state: 'settled', summary: '2 of 2 tasks' },
  ],
  await: [null],
  end: [hangs],
  signs: [[sign('healthy')]],
  evidence: [['1 × checkout:42: EssentialContainerExited']],
  publish: ['published'],
};

export interface Played extends Run {
  /** Detail types of the events on the bus. */
  readonly published: readonly string[];
  /** Names of the revisions condemned. */
  readonly condemned: readonly string[];
  /** Outcome states with which the record was closed, and whether events were left to publish. */
  readonly closed: readonly string[];
}

export const REQUEST = {
  target: 'ecs:prod/checkout',
  reason: 'checkout-5xx is in ALARM',
  trigger: { type: 'alarm', id: 'checkout-5xx@03:00', at: START, alarm: 'checkout-5xx' },
};

/**
 * Plays a rollback through the real state machine. All code but the scripted parts is Lastgood's.
 * @param instead functions that break as a whole
 */
export async function play(
  script: Partial<Script> = {},
  input: unknown = { request: REQUEST },
  instead: Functions = {},
): Promise<Played> {
  vi.useFakeTimers({ now: new Date(START) });
  try {
    const published: string[] = [];
    const condemned: string[] = [];
    const closed: string[] = [];
    const parts = inTurns({ ...usual, ...script });
    const emitter: Emitter = {
      emit: async (type) => void (await parts.publish(), published.push(type)),
    };
    const reporting = {
      reportLink,
      emitter,
      ledger: {
        condemn: (_: string, revision: { name: string }) =>
          Promise.resolve(void condemned.push(revision.name)),
      },
      claims: {
        mayHaveWritten: () => parts.wrote(),
        record: (target: string, execution: string) =>
          Promise.resolve({ target, execution } as RollbackRecord),
        close: ({ outcome, unpublished }: Closing) =>
          Promise.resolve(
            void closed.push(`${outcome.state}${unpublished === undefined ? '' : ', unpublished'}`),
          ),
      },
      storms: { ended: () => Promise.resolve() },
      measure: () => undefined,
    };
    const functions = { ...workflowOf(parts, emitter), report: reportOf(reporting), ...instead };
    const run = await runMachine(functions, input, { Approve: parts.approve, AwaitEnd: parts.end });
    return { ...run, published, condemned, closed };
  } finally {
    vi.useRealTimers();
  }
}

type Parts = {
  readonly [part in keyof Script]: (
    ...given: unknown[]
  ) => Promise<Exclude<Script[part][number], Error | typeof hangs | ((...given: never[]) => unknown)>>;
};

function inTurns(script: Script): Parts {
  const parts = Object.entries(script).map(([part, plays]: [string, Play<unknown>[]]) => {
    let turn = 0;
    return [part, (...given: never[]) => played(plays[Math.min(turn++, plays.length - 1)], given)];
  });
  return Object.fromEntries(parts) as Parts;
}

function played(what: unknown, given: never[]): Promise<unknown> {
  if (typeof what === 'function') return (what as (...given: never[]) => Promise<unknown>)(...given);
  if (what === hangs) return new Promise(() => undefined);
  return what instanceof Error ? Promise.reject(what) : Promise.resolve(what);
}

const now = () => new Date().toISOString();

function workflowOf(parts: Parts, emitter: Emitter): Functions {
  const mechanism = {
    memo: z.unknown(),
    plan: parts.plan,
    stop: parts.stop,
    revert: parts.revert,
    settled: parts.polls,
    takes: () => ({ write: [], look: [] }),
    traits: () => Promise.resolve(null),
    sides: () => Promise.resolve({ state: 'none', reason: 'There is nothing to compare.' } as const),
  };
  const source: EvidenceSource = {
    name: 'stopped tasks',
    read: async () => ({ lines: await parts.evidence() }),
  };
  return {
    guard: steps({
      claim: { adds: 'claim', run: async () => claim(await parts.claim()) },
      judge: { adds: 'verdict', run: parts.judge },
      ask: { run: () => Promise.resolve(null) },
      listen: { adds: 'listened', run: parts.listen },
      review: { adds: 'reviewed', run: parts.review },
      await: { run: parts.await },
      pause: {
        adds: 'paused',
        drops: droppedAfter,
        run: holdBack(
          {
            claims: {
              hold: () => Promise.resolve(),
              mayHaveWritten: parts.wrote,
              waitFor: () => Promise.resolve(),
            },
            readPause: parts.pause,
            emitter,
            turns: { of: () => parts.turn() },
          },
          now,
        ),
      },
    }),
    interrupt: steps({ interrupt: { adds: 'interrupted', run: parts.interrupt } }),
    'mechanism-ecs': mechanismHandler(mechanism, {
      claims: {
        hold: async () => {
          await parts.hold();
        },
        markWriting: () => Promise.resolve(true),
        clearWriting: () => Promise.resolve(),
      },
      ledger: { entries: () => Promise.resolve([]) },
      turns: { of: () => parts.turn() },
      readPause: () => Promise.resolve(null),
      now,
      hosts: [],
      writes: { during: (_, work) => work() },
      reads: { during: (_, work) => work() },
    }),
    evidence: steps({
      gather: { run: ({ rollback }) => gather(asPlanned(rollback), [source], now(), timeUp(8_000)) },
    }),
    verify: steps({
      verify: {
        adds: 'health',
        run: ({ rollback }) => verify(asInReversion(rollback), [wayBack, parts.signs], now()),
      },
    }),
  };
}

function reportOf(reporting: Parameters<typeof report>[2]) {
  return steps({
    publish: { run: ({ rollback }) => publishSteps(rollback, reporting.emitter, () => undefined) },
    report: {
      adds: 'outcome',
      run: ({ rollback, execution = '' }) => report(rollback, execution, reporting, now()),
    },
  });
}

/** Returns an `AbortSignal.timeout` on the faked timers. */
function timeUp(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

function claim(granted: 'granted' | Turn) {
  const turn = granted === 'granted' ? {} : { turn: granted };
  return { ...turn, kind: 'ecs', holder: EXECUTION, since: now(), expiresAt: '2026-11-22T07:00:00.000Z' };
}
