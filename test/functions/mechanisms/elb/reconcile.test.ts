import { describe, expect, test } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/elb/reconcile.ts';
import { HALVES, MAX_ARNS, PAGES, PROOFS } from '../../../../functions/mechanisms/elb/shares.ts';
import { unitOf } from '../../../../functions/mechanisms/elb/unit.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import { Throttled } from '../../../../src/rollback/errors.ts';
import type { Page, Sight, SweepContext } from '../../../../src/targets/kind.ts';
import { openListener, SINCE, type OpenListener } from './listener.ts';

const AT = '2026-11-22T02:30:00.000Z';
const BEFORE = '2026-11-22T02:21:00.000Z';

/** A sweep of the kind. `add` creates a rule that forwards to blue. */
async function openSweep(blue = 0, green = 1) {
  const shop = await openListener(blue, green);
  const optedIn: OptedIn[] = [{ arn: shop.listener, tags: { lastgood: 'auto' } }];
  const reconciler = reconcilerOf(shop.client, shop.launched);
  let now = AT;
  const context = (): SweepContext => ({
    optedIn: () => Promise.resolve(optedIn),
    entriesOf: () => shop.ledger.entries(),
    now,
  });
  const sight: Sight = { at: AT, before: BEFORE, isNew: true, entries: () => shop.ledger.entries() };
  return {
    ...{ shop, optedIn, reconciler, context, sight },
    add: (priority: number) => {
      const { Rules: [rule] = [] } = shop.elb.operations.CreateRule.run({
        ListenerArn: shop.listener,
        Priority: priority,
        Conditions: [{ Field: 'path-pattern', Values: [`/${priority}`] }],
        Actions: [{ Type: 'forward', TargetGroupArn: shop.blue }],
      });
      const arn = rule?.RuleArn ?? '';
      optedIn.push({ arn, tags: { lastgood: 'auto' } });
      return arn;
    },
    later: (at: string) => (now = at),
    read: (...arns: readonly string[]) => reconciler.read(arns.map(unitOf) as unknown as Page, context()),
    observed: async (of = sight) => {
      const [seen] = await reconciler.read([unitOf(shop.listener)], context());
      return (await seen?.observed(of)) ?? [];
    },
    deployed: async (deployment: string, target = shop.target) => {
      const one = { target, deployment, completedAt: SINCE, soakUntil: SINCE };
      const [found] = await reconciler.deployed([one], context());
      if (found?.status !== 'fulfilled') throw found?.reason;
      return found.value;
    },
  };
}

const missing = (arn: string) => arn.replace(/[0-9a-f]{16}$/, '0123456789abcdef');
const callsTo = ({ calls }: OpenListener, operation: string) =>
  calls.filter((one) => one === operation).length;

describe('a page', () => {
  test('reads many rules in one call, and listeners in another', async () => {
    const sweep = await openSweep();
    const rules = Array.from({ length: MAX_ARNS }, (_, index) => sweep.add(index + 1));
    const units = await sweep.reconciler.units(sweep.context());
    expect(new Set(units.map(({ batch }) => batch))).toEqual(new Set(['rules', 'listeners']));
    const found = await sweep.read(...rules);
    expect(found.map(({ target }) => target)).toEqual(rules.map((arn) => `elb:${arn}`));
    expect(callsTo(sweep.shop, 'DescribeRules')).toBe(1);
    expect(await sweep.read(sweep.shop.listener)).toMatchObject([{ target: sweep.shop.target }]);
  });

  test('loses only what was deleted, and is not read in halves for it again', async () => {
    const sweep = await openSweep();
    const rules = Array.from({ length: MAX_ARNS - 1 }, (_, index) => sweep.add(index + 1));
    const deleted = missing(rules[7] ?? '');
    sweep.optedIn.push({ arn: deleted, tags: { lastgood: 'auto' } });
    const found = await sweep.read(...rules, deleted);
    expect(found.map(({ target }) => target).toSorted()).toEqual(rules.map((arn) => `elb:${arn}`).toSorted());
    expect(callsTo(sweep.shop, 'DescribeRules')).toBeLessThanOrEqual(1 + HALVES.callsPerMinute);
    const names = async () => (await sweep.reconciler.units(sweep.context())).map(({ name }) => name);
    expect(await names()).not.toContain(deleted);
    sweep.later('2026-11-22T02:40:00.000Z');
    expect(await names()).toContain(deleted);
  });

  test('is due again where too many were deleted for one minute', async () => {
    const sweep = await openSweep();
    const rule = sweep.add(1);
    const gone = Array.from({ length: MAX_ARNS }, (_, index) =>
      rule.replace(/[0-9a-f]{16}$/, index.toString(16).padStart(16, '0')),
    );
    await expect(sweep.read(...gone)).rejects.toThrow(Throttled);
  });

  test('keeps within a fifth of what the bucket refills', () => {
    const all = [PAGES, PROOFS, HALVES].reduce((sum, { callsPerMinute }) => sum + callsPerMinute, 0);
    expect(all).toBeLessThanOrEqual(600 / 5);
  });
});

describe('a division', () => {
  test('began between two sights, and is new only once', async () => {
    const { shop, observed, sight } = await openSweep();
    const first = { target: shop.target, deployment: shop.idOf(AT, 0, 1), at: AT, notBefore: BEFORE };
    expect(await observed()).toMatchObject([{ ...first, state: 'completed' }]);
    const [unknown] = await observed({ ...sight, before: null });
    expect(unknown).toMatchObject({ at: AT, notBefore: '2026-11-22T00:00:00.000Z' });
    shop.observe(SINCE, 0, 1);
    expect(await observed()).toEqual([]);
    shop.weigh(1, 0);
    expect(await observed()).toMatchObject([{ deployment: shop.idOf(AT, 1, 0), at: AT }]);
  });

  test('is reconciled without what runs behind it, where Auto Scaling refuses the list', async () => {
    const { shop, observed, read, deployed } = await openSweep();
    shop.stands(shop.green, 'lt-green:1');
    const known = shop.observe(SINCE, 0, 1);
    shop.launched.all = () => Promise.reject(new Error('Rate exceeded'));
    expect(await read(shop.listener)).toMatchObject([{ lacks: 'Error: Rate exceeded' }]);
    expect(await observed()).toEqual([]);
    shop.weigh(1, 0);
    expect(await observed()).toMatchObject([{ deployment: shop.idOf(AT, 1, 0) }]);
    await expect(deployed(known)).rejects.toThrow('Rate exceeded');
  });

  test('has another content where other instances run behind it', async () => {
    const { shop, observed, deployed, read } = await openSweep();
    const content = async () => (await read(shop.listener))[0]?.content;
    shop.stands(shop.green, 'lt-green:1');
    const [before, known] = [await content(), shop.observe(SINCE, 0, 1)];
    expect(await observed()).toEqual([]);
    shop.stands(shop.green, 'lt-green:2');
    expect(await content()).not.toBe(before);
    expect(await observed()).toMatchObject([{ deployment: shop.idOf(AT, 0, 1) }]);
    expect(await deployed(known)).toMatchObject({ runs: 'gone' });
  });

  test('begins anew if more is known of it now, and continues if less is known', async () => {
    const { shop, observed, deployed } = await openSweep();
    const bare = shop.observe(SINCE, 0, 1);
    shop.stands(shop.green, 'lt-green:1');
    expect(await observed()).toMatchObject([{ at: AT }]);
    expect(await deployed(bare)).toMatchObject({ runs: 'gone' });
    const full = shop.observe(AT, 0, 1);
    shop.launched.groups = [];
    expect(await observed()).toEqual([]);
    expect(await deployed(full)).toMatchObject({ runs: 'alone' });
  });
});

describe('a proof', () => {
  test.each([
    ['alone', 0, 1],
    ['gone', 1, 0],
    ['gone', 1, 1],
  ] as const)('finds green %s when the weights are %d and %d', async (runs, blue, green) => {
    const { shop, deployed } = await openSweep(blue, green);
    const id = shop.idOf(SINCE, 0, 1);
    expect(await deployed(id)).toEqual({
      revision: { id, name: 'green' },
      ...{ runs, tags: { lastgood: 'auto' }, alarms: [] },
    });
  });

  test('is none for a step of a rollout, nor without consent', async () => {
    const { shop, deployed, optedIn } = await openSweep(9, 1);
    expect(await deployed(shop.idOf(SINCE, 9, 1))).toMatchObject({ runs: 'unclear' });
    shop.weigh(0, 1);
    optedIn.length = 0;
    expect(await deployed(shop.idOf(SINCE, 0, 1))).toMatchObject({ runs: 'unclear', tags: {} });
  });

  test('is null for a listener that is gone, and for another text', async () => {
    const { shop, deployed } = await openSweep();
    expect(await deployed(shop.idOf(SINCE, 0, 1), missing(shop.target))).toBeNull();
    expect(await deployed('something else')).toBeNull();
  });

  test('of many takes one call', async () => {
    const { shop, add, reconciler, context } = await openSweep();
    const rules = Array.from({ length: MAX_ARNS }, (_, index) => add(index + 1));
    const all = rules.map((arn) => ({
      target: `elb:${arn}`,
      deployment: shop.idOf(SINCE, 1, 0),
      ...{ completedAt: SINCE, soakUntil: SINCE },
    }));
    const found = await reconciler.deployed(all, context());
    expect(found.map((one) => one.status === 'fulfilled' && one.value?.runs)).toEqual(
      rules.map(() => 'alone'),
    );
    expect(callsTo(shop, 'DescribeRules')).toBe(1);
  });
});
