import { describe, expect, it } from 'vitest';
import { createMechanism } from '../../../../functions/mechanisms/pipeline/mechanism.ts';
import { declaring, PROD, SOURCE } from '@lastgood/embedded-aws/test/world/pipeline-world.ts';
import { planned, started, stopped } from '../../../contract/walk.ts';
import { stage, TARGET, type Stage } from './stage.ts';

const ARN = 'arn:aws:codepipeline:eu-west-1:111122223333:checkout';

/** Returns a document whose bad execution c2 went through, as it is after Stop. */
async function document(set: Stage) {
  return stopped(set.mechanism, await planned(set.mechanism, TARGET));
}

async function afterBad(declaration = declaring()): Promise<Stage> {
  const set = await stage(declaration);
  await set.world.release('c2');
  return set;
}

function hold({ world }: Stage): void {
  world.call('TagResource', { resourceArn: ARN, tags: [{ key: 'lastgood:hold-transition', value: 'yes' }] });
}

describe('going back by a rollback of the stage', () => {
  it('finds the rollback whose answer was lost, and starts no second one', async () => {
    const set = await afterBad();
    const { codepipeline, ledger, good, world } = set;
    const losing = createMechanism({
      codepipeline: {
        ...codepipeline,
        rollBack: async (...call) => {
          await codepipeline.rollBack(...call);
          throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
        },
      },
      ledger,
      now: () => world.surroundings.clock.iso(),
    });
    const doc = await document(set);
    await expect(losing.revert(doc)).rejects.toThrow('socket hang up');
    await world.run(100);
    const answer = await set.mechanism.revert(doc);
    expect(answer).toEqual({
      state: 'started',
      deployment: world.stage().latestExecution?.pipelineExecutionId,
    });
    expect(set.writes()).toEqual(['RollbackStage']);
    expect(world.released.filter((one) => one.endsWith(' c1'))).toHaveLength(2);
    expect(good).toBe(doc.plan.to.id);
  });

  it('finds its rollback where the second try of the SDK was refused', async () => {
    const set = await afterBad();
    const { codepipeline, ledger, world } = set;
    const twice = createMechanism({
      codepipeline: {
        ...codepipeline,
        rollBack: async (...call) => {
          await codepipeline.rollBack(...call);
          return codepipeline.rollBack(...call);
        },
      },
      ledger,
      now: () => world.surroundings.clock.iso(),
    });
    expect(await twice.revert(await document(set))).toMatchObject({ state: 'started' });
    expect(set.writes()).toEqual(['RollbackStage']);
  });

  it('takes neither an earlier rollback nor one of another stage for its own', async () => {
    const set = await stage(declaring([SOURCE, { ...PROD, name: 'Beta' }, PROD]));
    const { world, good } = set;
    await world.run(120);
    world.rollBack(good);
    await world.run(120);
    world.start('c2');
    await world.run(200);
    const doc = await document(set);
    world.rollBack(good, 'Beta');
    await world.run(120);
    expect(await set.mechanism.revert(doc)).toMatchObject({ state: 'started' });
    expect(set.writes()).toEqual(['RollbackStage']);
  });

  it('waits until a rollback that has just begun says which stage it is of', async () => {
    const set = await stage(declaring([SOURCE, { ...PROD, name: 'Beta' }, PROD]));
    const { codepipeline, ledger, world, good } = set;
    await world.run(120);
    world.start('c2');
    await world.run(200);
    const doc = await document(set);
    world.rollBack(good, 'Beta');
    const mechanism = createMechanism({
      codepipeline: { ...codepipeline, runs: () => Promise.resolve([]) },
      ledger,
      now: () => world.surroundings.clock.iso(),
    });
    await expect(mechanism.revert(doc)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(set.writes()).toEqual([]);
  });

  it('comes back while the pipeline is busy, and ends clean where AWS refuses', async () => {
    const set = await afterBad();
    const doc = await document(set);
    set.world.codepipeline.busy('checkout', 10);
    await expect(set.mechanism.revert(doc)).rejects.toMatchObject({ name: 'Unavailable' });
    await set.world.run(15);
    set.world.codepipeline.outdate(doc.plan.to.id);
    expect(await set.mechanism.revert(doc)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^PipelineExecutionOutdatedException/) as unknown,
    });
    expect(set.writes()).toEqual([]);
  });

  it('tries twice to disable the transition, and then goes on: the rollback runs', async () => {
    const set = await afterBad();
    hold(set);
    const { codepipeline, ledger, world } = set;
    const down = Object.assign(new Error('oops'), { name: 'InternalFailure', $fault: 'server' });
    const mechanism = createMechanism({
      codepipeline: { ...codepipeline, hold: () => Promise.reject(down) },
      ledger,
      now: () => world.surroundings.clock.iso(),
    });
    const doc = await document(set);
    await expect(mechanism.revert(doc)).rejects.toThrow('oops');
    const way = await started(mechanism, doc);
    expect(set.writes()).toEqual(['RollbackStage']);
    await world.run(200);
    expect(await mechanism.settled(way)).toMatchObject({
      state: 'settled',
      leaves: expect.stringMatching(/asks for a disabled transition, and AWS shows it enabled/) as unknown,
    });
  });

  it('disables the transition where the tag asks for it, once, and says what it leaves behind', async () => {
    const set = await afterBad();
    hold(set);
    const doc = await document(set);
    expect(doc.plan.rungs[0].does).toMatch(/, and disables its inbound transition$/);
    const way = await started(set.mechanism, doc);
    await set.mechanism.revert(doc);
    expect(set.writes()).toEqual(['RollbackStage', 'DisableStageTransition']);
    const { inboundTransitionState } = set.world.stage();
    expect(inboundTransitionState?.disabledReason).toBe(
      `Held by Lastgood after it rolled this stage back to execution ${set.good}`,
    );
    set.world.start('c3');
    await set.world.run(200);
    expect(await set.mechanism.settled(way)).toMatchObject({
      state: 'settled',
      leaves: expect.stringMatching(
        /aws codepipeline enable-stage-transition --pipeline-name checkout/,
      ) as unknown,
    });
  });

  it('leaves a transition alone that a person disabled', async () => {
    const set = await afterBad();
    hold(set);
    const doc = await document(set);
    const names = { pipelineName: 'checkout', stageName: 'Prod', transitionType: 'Inbound' };
    set.world.call('DisableStageTransition', { ...names, reason: 'audit' });
    const way = await started(set.mechanism, doc);
    await set.world.run(90);
    expect(set.writes()).toEqual(['RollbackStage']);
    expect(await set.mechanism.settled(way)).not.toHaveProperty('leaves');
  });
});

describe('the end of a rollback of the stage', () => {
  it('is a failure with the words of the action', async () => {
    const set = await afterBad();
    const way = await started(set.mechanism, await document(set));
    set.world.codepipeline.failsNext('Deploy', 'the function is gone');
    await set.world.run(90);
    const id = way.reverted.deployment;
    expect(await set.mechanism.settled(way)).toEqual({
      state: 'failed',
      reason: `execution ${id} is Failed in the stage; the action Deploy failed: the function is gone`,
    });
  });

  it('is overtaken by what enters the stage after it', async () => {
    const set = await afterBad();
    const way = await started(set.mechanism, await document(set));
    const newer = set.world.start('c3');
    await set.world.run(70);
    expect(await set.mechanism.settled(way)).toMatchObject({ state: 'overtaken', by: newer });
  });

  it('waits for its event', async () => {
    const set = await afterBad();
    const way = await started(set.mechanism, await document(set));
    expect(await set.mechanism.settled(way)).toMatchObject({ state: 'pending', awaits: TARGET });
  });
});
