import { describe, expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/pipeline/reconcile.ts';
import type { SweepContext } from '../../../../src/targets/kind.ts';
import { action, declaring, PROD, SOURCE } from '@lastgood/embedded-aws/test/world/pipeline-world.ts';
import { stage, TARGET } from './stage.ts';

const ARN = 'arn:aws:codepipeline:eu-west-1:111122223333:checkout';
const UNIT = { batch: 'pipelines', name: 'checkout' };

const context = (isTagged = true): SweepContext => ({
  optedIn: () => Promise.resolve(isTagged ? [{ arn: ARN, tags: { lastgood: 'approve' } }] : []),
  entriesOf: () => Promise.resolve([]),
  now: '2026-11-22T03:00:00.000Z',
});

const sight = {
  at: '2026-11-22T03:00:00.000Z',
  before: null,
  isNew: true,
  entries: () => Promise.resolve([]),
};

describe('the sweep over pipelines', () => {
  it('reads the state of each tagged pipeline, and skips the source stage', async () => {
    const { codepipeline, good } = await stage();
    const reconciler = reconcilerOf(codepipeline);
    expect(await reconciler.units(context())).toEqual([UNIT]);
    const seen = await reconciler.read([UNIT], context());
    expect(seen).toMatchObject([{ target: TARGET, content: `${good} Succeeded` }]);
    expect(await seen[0]?.observed(sight)).toMatchObject([{ deployment: good, state: 'completed' }]);
  });

  it('looks again at a stage that runs, and sees a failure whose event was lost', async () => {
    const { world, codepipeline } = await stage();
    const reconciler = reconcilerOf(codepipeline);
    world.codepipeline.failsNext('Deploy', 'out of memory');
    const bad = world.start('c2');
    await world.run(10);
    const [moving] = await reconciler.read([UNIT], context());
    expect(moving).toMatchObject({ isMoving: true });
    expect(await moving?.observed(sight)).toEqual([]);
    await world.run(90);
    const [failed] = await reconciler.read([UNIT], context());
    expect(await failed?.observed(sight)).toMatchObject([
      { deployment: bad, state: 'failed', reason: 'action Deploy: out of memory' },
    ]);
  });

  it('proves what is still the last run, as what a rollback redeployed', async () => {
    const { world, codepipeline, good } = await stage();
    const reconciler = reconcilerOf(codepipeline);
    const bad = await world.release('c2');
    const back = world.rollBack(good);
    await world.run(90);
    const one = { target: TARGET, completedAt: '', soakUntil: '' };
    const observed = [bad, back].map((deployment) => ({ ...one, deployment }));
    const [gone, alone] = await reconciler.deployed(observed, context());
    expect(gone).toMatchObject({ value: { runs: 'gone', revision: { id: bad, content: 'Commit=c2' } } });
    expect(alone).toMatchObject({ value: { runs: 'alone', revision: { id: good, content: 'Commit=c1' } } });
    const [untagged] = await reconciler.deployed(observed.slice(1), context(false));
    expect(untagged).toMatchObject({ value: { runs: 'unclear' } });
  });

  it.each(['waits', 'was rejected'])(
    'proves what runs while the approval of the next one %s',
    async (how) => {
      const sign = { ...action('Sign', 'Approval', 'Manual'), runOrder: 1 };
      const actions = [sign, ...(PROD.actions ?? []).map((one) => ({ ...one, runOrder: 2 }))];
      const { world, codepipeline, good } = await stage(declaring([SOURCE, { ...PROD, actions }]));
      const answer = async (status: 'Approved' | 'Rejected') => {
        const token = world.stage().actionStates?.[0]?.latestExecution?.token;
        const approval = { pipelineName: 'checkout', stageName: 'Prod', actionName: 'Sign', token };
        world.call('PutApprovalResult', { ...approval, result: { status, summary: '' } });
        await world.run(120);
      };
      await answer('Approved');
      world.start('c2');
      await world.run(60);
      if (how === 'was rejected') await answer('Rejected');
      const observed = [{ target: TARGET, completedAt: '', soakUntil: '', deployment: good }];
      const reconciler = reconcilerOf(codepipeline);
      const [alone] = await reconciler.deployed(observed, context());
      expect(alone).toMatchObject({ value: { runs: 'alone', revision: { id: good } } });
      if (how === 'was rejected') return;
      await answer('Approved');
      const [gone] = await reconciler.deployed(observed, context());
      expect(gone).toMatchObject({ value: { runs: 'gone' } });
    },
  );
});
