import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Claims } from '../../../src/ledger/claims.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import { ClaimLost, TargetClaimed } from '../../../src/rollback/errors.ts';
import { startTables, type Tables } from './tables.ts';

const START = Date.parse('2026-11-22T00:00:00.000Z');
const MINUTE = 60_000;
const CLAIM = 4 * 60 * MINUTE;
const outcome = { state: 'skipped', at: '2026-11-22T00:00:00.000Z', reason: 'ended', advice: [] } as const;

let tables: Tables;
let claims: Claims;
let runs = 0;
beforeAll(async () => {
  tables = await startTables();
  claims = createClaims(tables.client, await tables.claimsTable());
});
afterAll(() => tables.close());

/** The model of the claims: one holder, and the expiry of its claim. */
interface Model {
  readonly target: string;
  now: number;
  held: { readonly by: string; until: number } | null;
}

const iso = (instant: number) => new Date(instant).toISOString();
const holds = ({ held, now }: Model, execution: string) => held?.by === execution && held.until > now;
const request = (target: string) => ({ target, reason: 'test' });

async function take(model: Model, execution: string): Promise<void> {
  const { target, now } = model;
  const taking = claims.take(target, 'ecs', execution, request(target), iso(now));
  if (model.held !== null && model.held.until > now && model.held.by !== execution) {
    await expect(taking).rejects.toThrow(TargetClaimed);
    return;
  }
  const until = holds(model, execution) ? model.held!.until : now + CLAIM;
  await expect(taking).resolves.toMatchObject({ holder: execution });
  model.held = { by: execution, until };
}

async function hold(model: Model, execution: string): Promise<void> {
  const holding = claims.hold(model.target, execution, iso(model.now));
  if (!holds(model, execution)) return expect(holding).rejects.toThrow(ClaimLost);
  await holding;
  model.held = { by: execution, until: model.now + CLAIM };
}

async function close(model: Model, execution: string): Promise<void> {
  await claims.close({ target: model.target, execution, outcome });
  if (model.held?.by === execution) model.held = null;
}

const execution = fc.constantFrom('one', 'two', 'three');
const step = fc.oneof(
  fc.record({ verb: fc.constantFrom(take, hold, close), execution }),
  fc.record({ passes: fc.integer({ min: 1, max: 300 }) }),
);

test('any interleaving of take, hold and close leaves at most one holder, that of the model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const model: Model = { target: `ecs:prod/run-${++runs}`, now: START, held: null };
      for (const next of steps) {
        if ('passes' in next) model.now += next.passes * MINUTE;
        else await next.verb(model, next.execution);
      }
    }),
    { numRuns: 60 },
  );
});

test('of many simultaneous tries one gets the target', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 8 }), async (many) => {
      const target = `ecs:prod/race-${++runs}`;
      const tries = Array.from({ length: many }, (_, i) =>
        claims.take(target, 'ecs', `execution-${i}`, request(target), iso(START)),
      );
      const results = await Promise.allSettled(tries);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [winner] = await claims.records(target, iso(START));
      expect(winner?.alsoTriggeredBy).toHaveLength(many - 1);
    }),
    { numRuns: 20 },
  );
});
