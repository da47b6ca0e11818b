import { describe, expect, it } from 'vitest';
import { action, declaring, PROD, SOURCE } from '@lastgood/embedded-aws/test/world/pipeline-world.ts';
import { stage, TARGET } from './stage.ts';

const failed = (deployment: string, at: string) => ({
  trigger: { type: 'deployment', id: '1', at, deployment } as const,
});

describe('the plan of a stage', () => {
  it('refuses a stage that runs, and names what its action deploys to', async () => {
    const { world, plan } = await stage();
    const id = world.start('c2');
    await world.run(10);
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: `the stage Prod runs execution ${id} (action Deploy), and AWS rolls back no stage that runs: roll back lambda:checkout/live instead`,
    });
  });

  it('refuses an edited pipeline, and says what the edit put out of reach', async () => {
    const { world, good, plan } = await stage();
    world.call('UpdatePipeline', { pipeline: declaring() });
    await world.release('c2');
    const passed = `passed over c1@${good.slice(0, 8)}: it ran with structure version 1, and`;
    const { reason } = (await plan()) as { reason: string };
    expect(reason).toContain('there is no last known good execution that could be put back');
    expect(reason).toContain(`${passed.slice(0, -5)}, the pipeline was edited since`);
  });

  it('refuses the type V1, the source stage, and what the tag gives to another target', async () => {
    const old = await stage(declaring(undefined, { pipelineType: 'V1' }));
    await old.world.release('c2');
    expect(await old.plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/type V1/) as unknown,
    });
    const { world, plan } = await stage();
    await world.release('c2');
    expect(await plan({ target: 'pipeline:checkout/Source' })).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/source stage/) as unknown,
    });
    const resourceArn = 'arn:aws:codepipeline:eu-west-1:111122223333:checkout';
    const tags = [{ key: 'lastgood:target', value: 'lambda:checkout/live' }];
    world.call('TagResource', { resourceArn, tags });
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/^lambda:checkout\/live is what/) as unknown,
    });
  });

  it('goes to no execution that is only successful: it must be proven', async () => {
    const { world, ledger, plan } = await stage();
    ledger.list.length = 0;
    await world.release('c2');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/no other execution of structure version 1 is proven/) as unknown,
    });
  });

  it('maps a rollback to what it redeployed, and never goes to it', async () => {
    const { world, ledger, good, plan } = await stage();
    await world.release('c2');
    const back = world.rollBack(good);
    await world.run(120);
    ledger.prove(back);
    await world.release('c3');
    expect(await plan()).toMatchObject({ state: 'ready', to: { id: good } });
    expect(await plan({ revision: back })).toMatchObject({ state: 'ready', to: { id: good } });
  });

  it('finds an unproven execution by its name, its commit, and the beginning of its id', async () => {
    const { world, ledger, good, plan } = await stage();
    ledger.list.length = 0;
    const second = await world.release('0badc0ffee');
    await world.release('c3');
    for (const revision of [`0badc0f@${second.slice(0, 8)}`, '0badc0ff', second.slice(0, 8), second])
      expect(await plan({ revision })).toMatchObject({ state: 'ready', to: { id: second } });
    expect(await plan({ revision: `c1@${good.slice(0, 8)}` })).toMatchObject({ to: { id: good } });
    await expect(plan({ revision: 'deadbeef' })).rejects.toThrow(/checkout has no execution "deadbeef"/);
    await world.release('0badc0ffff');
    await expect(plan({ revision: '0badc0f' })).rejects.toThrow(/"0badc0f" may mean .* or .*: name one/);
  });

  it('asks a person where an alarm or a failure triggers it, and no person who asked', async () => {
    const { world, plan } = await stage();
    const { clock } = world.surroundings;
    world.codepipeline.failsNext('Deploy', 'out of memory');
    const bad = await world.release('c2');
    const automatic = await plan(failed(bad, clock.iso()));
    expect(automatic).toMatchObject({
      state: 'ready',
      doubt: expect.stringMatching(/a person decides/) as unknown,
    });
    expect(automatic.deployment).toMatchObject({ id: bad, state: 'failed', remains: true });
    const by = { type: 'request', id: '1', at: clock.iso(), by: 'anna' } as const;
    expect(await plan({ trigger: by })).not.toHaveProperty('doubt');
  });

  it('has nothing to do where a stage without a deploy action failed', async () => {
    const gate = { name: 'Prod', actions: [action('Gate', 'Approval', 'Manual')] };
    const { world, plan } = await stage(declaring([SOURCE, gate, { ...PROD, name: 'Live' }]));
    const { clock } = world.surroundings;
    expect(await plan(failed('1', clock.iso()))).toMatchObject({ state: 'nothing-to-do' });
    expect(await plan()).toMatchObject({ state: 'no-way-back' });
  });

  it('leaves out an execution whose approval was rejected: what ran before still runs', async () => {
    const sign = { ...action('Sign', 'Approval', 'Manual'), runOrder: 1 };
    const actions = [sign, ...(PROD.actions ?? []).map((one) => ({ ...one, runOrder: 2 }))];
    const { world, ledger, plan } = await stage(declaring([SOURCE, { ...PROD, actions }]));
    const answer = async (status: 'Approved' | 'Rejected') => {
      const token = world.stage().actionStates?.[0]?.latestExecution?.token;
      const approval = { pipelineName: 'checkout', stageName: 'Prod', actionName: 'Sign', token };
      world.call('PutApprovalResult', { ...approval, result: { status, summary: '' } });
      await world.run(120);
    };
    const release = async (commit: string, status: 'Approved' | 'Rejected') => {
      const id = await world.release(commit);
      await answer(status);
      return id;
    };
    await answer('Approved');
    const good = await release('c2', 'Approved');
    ledger.prove(good, world.surroundings.clock.iso());
    const bad = await release('c3', 'Approved');
    const rejected = await release('c4', 'Rejected');
    expect(await plan(failed(rejected, world.surroundings.clock.iso()))).toMatchObject({
      state: 'nothing-to-do',
      reason: expect.stringMatching(`^the approval of execution ${rejected} was rejected`) as unknown,
    });
    expect(await plan()).toMatchObject({
      state: 'ready',
      from: { id: bad },
      to: { id: good },
      memo: { latest: rejected },
    });
  });

  it('notes what is on its way to the stage, and what a second run would meet', async () => {
    const set = { StackName: 'checkout', ChangeSetName: 'next' };
    const on = (ActionMode: string) => ({ configuration: { ...set, ActionMode } });
    const prepare = {
      name: 'Prepare',
      actions: [action('Create', 'Deploy', 'CloudFormation', on('CHANGE_SET_REPLACE'))],
    };
    const prod = {
      name: 'Prod',
      actions: [action('Execute', 'Deploy', 'CloudFormation', on('CHANGE_SET_EXECUTE'))],
    };
    const { world, plan } = await stage(declaring([SOURCE, prepare, prod]));
    await world.run(60);
    await world.release('c2');
    await world.run(60);
    const coming = world.start('c3');
    await world.run(10);
    const { notes } = (await plan()) as { notes: readonly string[] };
    expect(notes.join('\n')).toContain(`execution ${coming} is on its way to the stage Prod`);
    expect(notes.join('\n')).toContain('the action Execute executes a change set of an earlier stage');
  });

  it('refuses a tag that it cannot read', async () => {
    const { world, plan } = await stage();
    const resourceArn = 'arn:aws:codepipeline:eu-west-1:111122223333:checkout';
    world.call('TagResource', { resourceArn, tags: [{ key: 'lastgood:hold-transition', value: 'maybe' }] });
    await expect(plan()).rejects.toMatchObject({ name: 'InvalidTag', tag: 'lastgood:hold-transition' });
  });

  it('passes over what was at fault, by its source revisions too', async () => {
    const { world, ledger, good, plan } = await stage();
    const again = await world.release('c1x');
    ledger.prove(again);
    ledger.condemn('another', undefined, 'Commit=c1x');
    await world.release('c2');
    expect(await plan()).toMatchObject({
      to: { id: good },
      notes: [expect.stringMatching(/at fault before/) as unknown],
    });
    expect(TARGET).toBe('pipeline:checkout/Prod');
  });
});
