import '../../paths/silence-logs.ts';
import { afterEach, expect, test } from 'vitest';
import { lastgood } from '../../../local/scenarios/command.ts';
import { TARGET } from '../../../local/scenarios/ecs/target.ts';
import { openFollowed } from '../../../local/scenarios/lookout/shop.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';

const SEED = 1;

let stage: Stage;
afterEach(() => stage.close());

/** Returns the evidence of each proof, in order. */
function proofs(): readonly (readonly string[])[] {
  return stage.runtime.wire.calls.flatMap(({ operation, input }) => {
    const { TableName, ExpressionAttributeValues: values } = input as {
      readonly TableName?: string;
      readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
    };
    const isProof = operation === 'UpdateItem' && TableName === 'lastgood-prod-ledger';
    return isProof && values?.[':state'] === 'proven' ? [values[':evidence'] as readonly string[]] : [];
  });
}

test('the proof of a good release names what its lookout saw', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  const shop = await openFollowed(stage);
  shop.release('v2');
  await stage.minutes(14);
  const [first = [], second = [], ...others] = proofs();
  expect(others).toEqual([]);
  expect(first.join(' ')).not.toContain('lookout');
  expect(second.at(-1)).toMatch(
    /^A lookout compared it with checkout:1 at \d+ looks through its soak and saw nothing against it\.$/,
  );
});

test('a bad release that the lookout only observes is a hit, earlier than the alarm', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  const shop = await openFollowed(stage, {}, { 'lastgood:lookout': 'observe' });
  shop.release('v2', { errorRate: 0.4 });
  await stage.aftermath();
  const { out, problem } = await lastgood(stage, ['lookout', TARGET, '--since', '400d', '--json']);
  expect(problem).toBe('');
  const { lookouts, counts } = JSON.parse(out) as {
    readonly lookouts: readonly { readonly leadSeconds: number }[];
    readonly counts: object;
  };
  expect(lookouts.at(-1)).toMatchObject({
    ...{ state: 'accused', mode: 'observe', sort: 'hit', revision: { name: 'checkout:2' }, rollback: null },
    older: { name: 'checkout:1' },
  });
  expect(lookouts.at(-1)?.leadSeconds).toBeGreaterThan(30);
  expect(counts).toMatchObject({ hits: 1, false: 0, open: 0, misses: 0 });
});

test('a bad release that the lookout has rolled back is a hit, too', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  const shop = await openFollowed(stage);
  shop.release('v2', { errorRate: 0.4 });
  await stage.aftermath();
  const { out } = await lastgood(stage, ['lookout', TARGET, '--since', '400d']);
  expect(out).toMatch(/ checkout:2 +accused \(act\) +\d+ +hit, /);
  expect(out).toMatch(/^\d followed: 1 hit.*, 0 false, 0 misses, \d quiet$/m);
  const history = await lastgood(stage, ['history', TARGET, '--days', '400']);
  expect(history.out).toContain('The lookout saw: ');
});
