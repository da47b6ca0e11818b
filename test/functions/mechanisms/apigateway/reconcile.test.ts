import { BAD, GOOD } from '@lastgood/embedded-aws/test/world/apigateway-world.ts';
import { describe, expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/apigateway/reconcile.ts';
import type { ObservedRevision } from '../../../../src/ledger/ledger.ts';
import type { SweepContext } from '../../../../src/targets/kind.ts';
import { sideOf, stage, type Stage } from './stage.ts';

const NOW = '2026-11-22T03:00:00.000Z';

function sweeping(set: Stage, tags: object = { lastgood: 'auto' }) {
  const context: SweepContext = {
    now: NOW,
    entriesOf: () => set.ledger.entries(),
    optedIn: () =>
      Promise.resolve(
        set.world.apigateway
          .tagged()
          .filter((one) => one.tags['lastgood'] !== undefined)
          .map(({ arn }) => ({ arn, tags: { ...tags } })),
      ),
  };
  const reconciler = reconcilerOf(set.gateway);
  const seen = async () => {
    const [unit] = await reconciler.units(context);
    return unit === undefined ? [] : reconciler.read([unit], context);
  };
  const observed = async (before: string | null = null) => {
    const [one] = await seen();
    return one!.observed({ at: NOW, before, isNew: true, entries: () => set.ledger.entries() });
  };
  const deployed = async (deployment: string) => {
    const one: ObservedRevision = { target: set.target, deployment, completedAt: NOW, soakUntil: NOW };
    const [found] = await reconciler.deployed([one], context);
    return found?.status === 'fulfilled' ? found.value : found;
  };
  return { reconciler, context, seen, observed, deployed };
}

describe('the sweep', () => {
  it('reads an API once, whatever its number of stages, and leaves out those that did not opt in', async () => {
    const set = stage();
    const { world, calls } = set;
    world.call('CreateStage', { restApiId: world.api, stageName: 'beta', deploymentId: world.first });
    world.call('CreateStage', {
      ...{ restApiId: world.api, stageName: 'gamma', deploymentId: world.first },
      tags: { lastgood: 'auto' },
    });
    world.apigateway.addHttpStage({ apiId: 'http123456', stage: 'prod', tags: { lastgood: 'auto' } });
    const { seen, reconciler, context } = sweeping(set);
    expect(await reconciler.units(context)).toEqual([{ batch: 'apis', name: world.api }]);
    expect((await seen()).map(({ target }) => target)).toEqual([set.target, `apigateway:${world.api}/gamma`]);
    expect(calls).toEqual(['GetStages']);
  });

  it('observes what the ledger does not know, a canary too', async () => {
    const set = stage();
    const { world } = set;
    const { observed } = sweeping(set);
    expect(await observed()).toEqual([]);
    const bad = world.canary(BAD, 10);
    const text = `${sideOf(world.first)} 90%, ${sideOf(bad)} 10%`;
    expect(await observed('2026-11-22T02:59:00.000Z')).toEqual([
      {
        ...{ target: set.target, deployment: `${text} since ${NOW}`, state: 'completed', at: NOW },
        ...{ notBefore: '2026-11-22T02:59:00.000Z', reason: '' },
      },
    ]);
  });

  it('observes a deployment that came back as another change', async () => {
    const set = stage();
    const { world, ledger, target } = set;
    const side = sideOf(world.release(GOOD));
    ledger.list.unshift({
      ...{ state: 'candidate', target, deployment: `${side} since 2026-11-22T02:30:00.000Z` },
      ...{ completedAt: '2026-11-22T02:30:00.000Z', soakUntil: NOW },
    });
    const { observed } = sweeping(set);
    expect(await observed()).toEqual([]);
    world.patch({ op: 'replace', path: '/deploymentId', value: world.first });
    expect(await observed()).toMatchObject([{ deployment: `${sideOf(world.first)} since ${NOW}` }]);
  });

  it('proves what runs alone, and nothing else', async () => {
    const set = stage();
    const { world } = set;
    const side = sideOf(world.first);
    const { deployed } = sweeping(set);
    expect(await deployed(`${side} since ${NOW}`)).toMatchObject({
      runs: 'alone',
      revision: { id: side, name: side, content: side },
    });
    const bad = world.canary(BAD, 10);
    expect(await deployed(`${side} 90%, ${sideOf(bad)} 10% since ${NOW}`)).toMatchObject({ runs: 'unclear' });
    expect(await deployed(`${side} since ${NOW}`)).toMatchObject({ runs: 'gone' });
    world.call('DeleteStage', { restApiId: world.api, stageName: 'prod' });
    expect(await deployed(`${side} since ${NOW}`)).toBeNull();
  });

  it('reads no API that is gone', async () => {
    const set = stage();
    const { reconciler, context } = sweeping(set);
    expect(await reconciler.read([{ batch: 'apis', name: 'gone123456' }], context)).toEqual([]);
  });

  it('takes at most a fifth of the bucket', () => {
    const { shares } = reconcilerOf(stage().gateway);
    expect(shares.reduce((sum, { callsPerMinute }) => sum + callsPerMinute, 0)).toBeLessThanOrEqual(600 / 5);
  });
});
