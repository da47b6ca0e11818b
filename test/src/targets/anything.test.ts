import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/rollback/request.ts';
import { answerAlarm } from '../../../src/targets/alarms/answer.ts';
import { readAlarms } from '../../../src/targets/alarms/read.ts';
import { readDeployment } from '../../../src/targets/deployment.ts';
import { explain } from '../../../src/targets/explain.ts';
import { readRequested } from '../../../src/targets/requested.ts';
import { problemOfTarget } from '../../../src/targets/target.ts';
import { NOW } from '../../functions/on-webhook/bodies.ts';
import { fixture, fixtureNames } from './fixtures.ts';

/** Makes a known event with one value replaced by any other. */
const damaged = fc
  .tuple(fc.constantFrom(...fixtureNames), fc.infiniteStream(fc.nat()), fc.jsonValue())
  .map(([name, choices, value]) => damage(fixture(name), choices, value));

function damage(at: unknown, choices: Iterator<number>, value: unknown): unknown {
  if (typeof at !== 'object' || at === null) return value;
  const keys = Object.keys(at);
  const choice = choices.next().value as number;
  const key = keys[choice % (keys.length + 1)];
  if (key === undefined) return value;
  const changed = damage((at as Record<string, unknown>)[key], choices, value);
  return Array.isArray(at) ? at.with(Number(key), changed) : { ...at, [key]: changed };
}

const anything = fc.oneof(
  fc.jsonValue(),
  damaged,
  fc.record({ source: fc.string(), 'detail-type': fc.string(), detail: fc.jsonValue() }),
);

describe('any event', () => {
  test('is explained, and its requests are well formed', () => {
    fc.assert(
      fc.property(anything, (event) => {
        const { kind, targets, requests, reason } = explain(event, NOW);
        expect(reason).not.toBe('');
        if (kind === 'ignored') expect({ targets, requests }).toEqual({ targets: [], requests: [] });
        for (const request of requests) expect(readRequest(request)).toEqual(request);
        for (const { target } of requests) expect(targets).toContain(target);
        for (const target of targets) expect(problemOfTarget(target)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  test('no parser throws on it', () => {
    fc.assert(
      fc.property(anything, fc.dictionary(fc.string(), fc.string()), (event, tags) => {
        readDeployment(event);
        readRequested(event);
        const read = readAlarms(event);
        if (read.kind === 'alarms') read.alarms.forEach((alarm) => answerAlarm(alarm, tags));
      }),
      { numRuns: 1000 },
    );
  });

  test('requests nothing if its form is unknown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (event) => {
        expect(explain(event, NOW)).toMatchObject({ kind: 'ignored', requests: [] });
      }),
    );
  });
});
