import { expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/external/reconcile.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import { ARNS, released, SOURCE, TARGET, type Stage } from './stage.ts';

const OPTED_IN: OptedIn = {
  arn: `${ARNS}argocd/checkout`,
  tags: { lastgood: 'auto', 'lastgood:source': SOURCE },
};

async function deployed(set: Stage, deployment: string, optedIn: readonly OptedIn[] = [OPTED_IN]) {
  const at = set.clock.now;
  const [found] = await reconcilerOf(set.reports).deployed(
    [{ target: TARGET, deployment, completedAt: at, soakUntil: at }],
    { optedIn: () => Promise.resolve(optedIn), entriesOf: () => Promise.resolve([]), now: at },
  );
  if (found?.status !== 'fulfilled') throw found?.reason;
  return found.value;
}

it('a reported revision runs until another one is reported', async () => {
  const set = await released();
  const deployment = await set.report('next');
  expect(await deployed(set, deployment)).toEqual({
    revision: { id: 'next', name: 'next', content: 'next' },
    runs: 'alone',
    tags: OPTED_IN.tags,
    alarms: [],
  });
  await set.report('later', 'started');
  expect(await deployed(set, deployment)).toMatchObject({ runs: 'unclear' });
  await set.report('last');
  expect(await deployed(set, deployment)).toMatchObject({ runs: 'gone' });
});

it('what a source reported that the tag does not name is never proven', async () => {
  const set = await released();
  expect(await deployed(set, await set.report('forged', 'completed', 'intruder'))).toBeNull();
});

it('without consent nothing is proven yet', async () => {
  const set = await released();
  expect(await deployed(set, await set.report('next'), [])).toMatchObject({ runs: 'unclear' });
});
