import { describe, expect, it } from 'vitest';
import { deployed } from '../../../../functions/mechanisms/lambda/reconcile.ts';
import { recentDeployments } from '../../../../functions/mechanisms/lambda/recent-deployments.ts';
import { toAlias } from '../../../../functions/mechanisms/lambda/from-aws.ts';
import { BAD } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { stage, TARGET, type Stage } from './stage.ts';

const NOW = '2026-11-22T04:00:00.000Z';

/** Returns the aliases that the sweep finds. */
const look = ({ world }: Stage) =>
  recentDeployments(
    () => {
      const { Aliases = [] } = world.call('ListAliases', { FunctionName: 'checkout' });
      return Promise.resolve(Aliases.map((alias) => ({ ...toAlias(alias), name: alias.Name! })));
    },
    [{ arn: world.arn, tags: {} }],
    NOW,
  );

async function observe(set: Stage) {
  const [observation] = await look(set);
  return { target: TARGET, deployment: observation!.deployment, completedAt: NOW, soakUntil: NOW };
}

describe('recent deployments of aliases', () => {
  it('list where each alias points, one deployment per change', async () => {
    const set = stage();
    const first = await look(set);
    expect(first).toEqual([
      {
        target: TARGET,
        deployment: expect.stringMatching(/^1@/) as string,
        state: 'completed',
        at: NOW,
        reason: '',
      },
    ]);
    expect(await look(set)).toEqual(first);
    set.world.canary(set.world.publish(BAD), 0.1);
    const [canary] = await look(set);
    expect(canary?.deployment).toMatch(/^1 90%, 2 10%@/);
    set.world.update({ RoutingConfig: {} });
    const [back] = await look(set);
    expect(back?.deployment).toMatch(/^1@/);
    expect(back?.deployment).not.toBe(first[0]?.deployment);
  });

  it('skip an alias of $LATEST, which changes without a trace', async () => {
    const set = stage();
    set.world.update({ FunctionVersion: '$LATEST' });
    expect(await look(set)).toEqual([]);
  });
});

describe('the state of a deployment', () => {
  it('is alone, with its version and the tags of the function', async () => {
    const set = stage();
    expect(await deployed(set.lambda, await observe(set))).toEqual({
      revision: { id: '1', name: 'checkout:1', content: expect.any(String) as string },
      runs: 'alone',
      tags: { lastgood: 'auto' },
      alarms: [],
    });
  });

  it('is unclear while it is a canary, and gone when that has ended', async () => {
    const set = stage();
    set.world.canary(set.world.publish(BAD), 0.1);
    const observation = await observe(set);
    expect(await deployed(set.lambda, observation)).toMatchObject({ runs: 'unclear' });
    set.world.canary('2', 0.5);
    expect(await deployed(set.lambda, observation)).toMatchObject({ runs: 'gone' });
  });

  it('is gone if the alias points elsewhere, and null if there is no alias', async () => {
    const set = stage();
    const observation = await observe(set);
    set.world.update({ FunctionVersion: set.world.publish(BAD) });
    expect(await deployed(set.lambda, observation)).toMatchObject({ runs: 'gone' });
    expect(await deployed(set.lambda, { ...observation, target: 'lambda:checkout/beta' })).toBeNull();
  });
});
