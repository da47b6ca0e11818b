import { describe, expect, it } from 'vitest';
import { readAlarms } from '../../../functions/verify/alarms.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after } from '../../../src/rollback/time.ts';

const TARGET = 'ecs:prod/checkout';
const AT = '2026-11-22T04:00:00.000Z';
const BEFORE = '2026-11-22T03:00:00.000Z';
const DEPLOYED = '2026-11-22T03:30:00.000Z';
const request = { target: TARGET, reason: 'x' };
const byLookout = { ...request, trigger: { type: 'lookout', id: 'l', at: AT, deployment: 'd' } };

/** A rollback that names no alarm, of a deployment at half past three. */
function rollback(more: object = {}): InReversion {
  const deployment = { id: 'd', state: 'completed', startedAt: DEPLOYED, revision: { id: '2', name: '2' } };
  return {
    ...{ request: byLookout, execution: 'one' },
    plan: { tags: {}, watch: { targetGroups: [], alarms: [], probes: [] }, deployment },
    verdict: { verdict: 'act', at: AT, reasons: [] },
    ...more,
  } as unknown as InReversion;
}

function record(execution: string, alarm: string | null): RollbackRecord {
  const trigger = alarm === null ? null : ({ type: 'alarm', id: alarm, at: BEFORE, alarm } as const);
  const asked = { ...request, ...(trigger !== null && { trigger }) };
  return {
    ...{ target: TARGET, execution, startedAt: BEFORE, request: asked, alsoTriggeredBy: [] },
    automatic: false,
  };
}

interface Shown {
  readonly StateValue: string;
  readonly since: Instant;
}

async function signsOf(shown: Readonly<Record<string, Shown>>, of = rollback(), error?: Error) {
  const asked: { from: Instant[]; names: unknown[] } = { from: [], names: [] };
  const MetricAlarms = Object.entries(shown).map(([AlarmName, { StateValue, since }]) => ({
    ...{ AlarmName, StateValue, StateTransitionedTimestamp: new Date(since) },
  }));
  const send = ({ input }: { input: { AlarmNames: unknown[] } }) => {
    asked.names.push(...input.AlarmNames);
    return Promise.resolve({ MetricAlarms });
  };
  const claims = {
    record: () => Promise.resolve(record('one', null)),
    records: (_: string, from: Instant) => {
      asked.from.push(from);
      const all = [record('two', 'errors'), record('three', 'latency'), record('four', 'errors')];
      return error === undefined ? Promise.resolve(all) : Promise.reject(error);
    },
  };
  const { signs } = await readAlarms({ cloudwatch: { send } as never, claims, now: () => AT }, of);
  return { signs: signs.map((sign) => [sign.of, sign.state]), asked };
}

describe('alarms that accused the target before', () => {
  const ok = { StateValue: 'OK', since: BEFORE };
  const red = (since: Instant) => ({ StateValue: 'ALARM', since });

  it('are read for a day, each once', async () => {
    const { signs, asked } = await signsOf({ errors: red(AT), latency: ok });
    expect(signs).toEqual([
      ['alarm errors', 'unhealthy'],
      ['alarm latency', 'healthy'],
    ]);
    expect(asked).toEqual({ from: [after(AT, -86_400)], names: ['errors', 'latency'] });
  });

  it('are no sign where they were deleted since', async () => {
    expect((await signsOf({ latency: ok })).signs).toEqual([['alarm latency', 'healthy']]);
  });

  it('are neutral where they were red before the deployment, and unhealthy where they turned since', async () => {
    const { signs } = await signsOf({ errors: red(BEFORE), latency: red(DEPLOYED) });
    expect(signs).toEqual([
      ['alarm errors', 'neutral'],
      ['alarm latency', 'unhealthy'],
    ]);
  });

  it('are neutral where they had no data before the deployment, and unknown where they lost them since', async () => {
    const silent = (since: Instant) => ({ StateValue: 'INSUFFICIENT_DATA', since });
    const { signs } = await signsOf({ errors: silent(BEFORE), latency: silent(AT) });
    expect(signs).toEqual([
      ['alarm errors', 'neutral'],
      ['alarm latency', 'unknown'],
    ]);
  });

  it.each([
    ['a person asked', rollback({ request })],
    ['a person decided', rollback({ verdict: { verdict: 'act', at: AT, reasons: [], decidedBy: request } })],
    ['no deployment is known', rollback({ plan: { tags: {}, watch: { alarms: [] } } })],
  ])('are unhealthy whenever they turned, where %s', async (_, of) => {
    const { signs } = await signsOf({ errors: red(BEFORE) }, of);
    expect(signs).toEqual([['alarm errors', 'unhealthy']]);
  });

  it('are unknown where the records cannot be read', async () => {
    const { signs } = await signsOf({}, rollback(), new Error('throttled'));
    expect(signs).toEqual([['alarms that accused the target before', 'unknown']]);
  });
});
