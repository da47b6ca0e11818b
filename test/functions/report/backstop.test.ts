import { reportLink } from '../../fakes/report-link.ts';
import { describe, expect, it } from 'vitest';
import { backstop, type Backstop } from '../../../functions/report/backstop.ts';
import type { Closing, RollbackRecord } from '../../../src/ledger/claims.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { rememberingEmitter } from '../../src/events/published.ts';
import { AT, request } from '../../src/rollback/documents.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-test-rollback:one';

function event(detail: Readonly<Record<string, unknown>> = {}) {
  return {
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    detail: {
      executionArn: EXECUTION,
      status: 'TIMED_OUT',
      input: JSON.stringify({ request }),
      inputDetails: { included: true },
      output: null,
      ...detail,
    },
  };
}

const nameOf = ({ name, dimensions }: Parameters<Backstop['measure']>[0][number]) =>
  `${name} ${Object.values(dimensions).join(' ')}`;

function world(record: Partial<RollbackRecord> | null) {
  const { emitter, published } = rememberingEmitter();
  const closed: Closing[] = [];
  const claims = {
    record: () => Promise.resolve(record as RollbackRecord | null),
    close: (closing: Closing) => Promise.resolve(void closed.push(closing)),
  };
  const measured: string[] = [];
  const measure: Backstop['measure'] = (all) => void measured.push(...all.map(nameOf));
  return {
    backstop: (given: unknown) => backstop(given, { emitter, claims, measure, reportLink }, AT),
    ...{ published, closed, measured },
  };
}

describe('an execution that ended without Report', () => {
  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'])(
    'as %s is published and closed as failed-dirty',
    async (status) => {
      const { backstop, published, closed, measured } = world({});
      expect(await backstop(event({ status }))).toBe('reported');
      expect(measured).toEqual(['Outcomes failed-dirty', 'Outcomes ecs failed-dirty']);
      expect(published).toMatchObject([
        {
          type: 'Rollback Failed',
          detail: { outcome: 'failed-dirty', target: request.target, execution: EXECUTION },
        },
      ]);
      expect(published[0]!.detail['reason']).toContain(status);
      expect(closed).toMatchObject([
        { target: request.target, execution: EXECUTION, outcome: { state: 'failed-dirty' } },
      ]);
    },
  );

  it('before it claimed anything is published', async () => {
    const { backstop, published } = world(null);
    expect(await backstop(event())).toBe('reported');
    expect(published).toHaveLength(1);
  });

  it.each([
    ['is not JSON', '{'],
    ['has no request', '{}'],
    ['is null', 'null'],
    ['has a bad request', '{"request":{"target":""}}'],
    ['was left out', null],
    ['holds more than a request', JSON.stringify({ request, verdict: { verdict: 'act' } })],
  ])('is published without a target when its input %s', async (_, input) => {
    const { backstop, published, closed } = world(null);
    expect(await backstop(event({ input }))).toBe('reported');
    expect(published).toMatchObject([{ type: 'Rollback Failed', detail: { execution: EXECUTION } }]);
    expect(published[0]!.detail).not.toHaveProperty('target');
    expect(closed).toEqual([]);
  });
});

describe('left alone', () => {
  it('is an execution whose record is closed', async () => {
    const outcome = { state: 'failed-dirty', at: AT, reason: '.', advice: [] } as const;
    const { backstop, published, closed } = world({ outcome });
    expect(await backstop(event({ status: 'FAILED', error: 'FailedDirty' }))).toBe('was-reported');
    expect([published, closed]).toEqual([[], []]);
  });

  it('is an execution that never claimed and ended clean', async () => {
    const { backstop, published } = world(null);
    expect(await backstop(event({ status: 'FAILED', error: 'FailedClean', input: '{}' }))).toBe(
      'was-reported',
    );
    expect(published).toEqual([]);
  });
});

it('an event that cannot be read is thrown back, to end among the dead letters', async () => {
  await expect(world(null).backstop({ 'detail-type': '?', detail: {} })).rejects.toThrow(InvalidRequest);
});
