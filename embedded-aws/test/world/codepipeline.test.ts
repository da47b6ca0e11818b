import { describe, expect, it } from 'vitest';
import { action, declaring, PipelineWorld, PROD, SOURCE } from './pipeline-world.ts';

const checkout = { pipelineName: 'checkout' };
const INBOUND = { ...checkout, stageName: 'Prod', transitionType: 'Inbound' };
const UNABLE = 'UnableToRollbackStageException';

describe('executions of CodePipeline', () => {
  it('run stage by stage, and deploy their commit', async () => {
    const world = new PipelineWorld();
    const id = world.start('c1');
    await world.run(6);
    expect(world.stage().latestExecution).toEqual({
      ...{ pipelineExecutionId: id, status: 'InProgress', type: 'STANDARD' },
    });
    expect(world.released).toEqual([]);
    await world.run(60);
    expect(world.released).toEqual(['checkout/live c1']);
    expect(world.status(id)).toBe('Succeeded');
  });

  it('are superseded before a stage that runs, and wait in the mode QUEUED', async () => {
    const modes = [
      ['SUPERSEDED', ['c1', 'c3']],
      ['QUEUED', ['c1', 'c2', 'c3']],
    ] as const;
    for (const [executionMode, commits] of modes) {
      const world = new PipelineWorld(declaring(undefined, { executionMode }));
      for (const commit of ['c1', 'c2', 'c3']) {
        world.start(commit);
        await world.run(10);
      }
      await world.run(300);
      expect(world.released).toEqual(commits.map((commit) => `checkout/live ${commit}`));
    }
  });

  it('wait before a disabled transition, whose reason is shown', async () => {
    const world = new PipelineWorld();
    const refused = world.refusal('DisableStageTransition', { ...INBOUND, reason: 'held: by us' });
    expect(refused).toBe('ValidationException');
    world.call('DisableStageTransition', { ...INBOUND, reason: 'held' });
    const id = await world.release('c1');
    const { inboundTransitionState, inboundExecutions } = world.stage();
    expect(inboundTransitionState).toMatchObject({ enabled: false, disabledReason: 'held' });
    expect(inboundExecutions?.map(({ pipelineExecutionId }) => pipelineExecutionId)).toEqual([id]);
    world.call('EnableStageTransition', INBOUND);
    await world.run(120);
    expect(world.status(id)).toBe('Succeeded');
  });

  it('stop after their running actions, and only once', async () => {
    const world = new PipelineWorld();
    const id = world.start('c1');
    await world.run(10);
    const stop = { ...checkout, pipelineExecutionId: id, reason: 'wrong commit' };
    world.call('StopPipelineExecution', stop);
    expect(world.refusal('StopPipelineExecution', stop)).toBe('DuplicatedStopRequestException');
    expect(world.status(id)).toBe('Stopping');
    await world.run(120);
    expect(world.status(id)).toBe('Stopped');
    expect(world.released).toEqual(['checkout/live c1']);
    expect(world.refusal('StopPipelineExecution', stop)).toBe('PipelineExecutionNotStoppableException');
  });

  it('publish events of pipeline, stage and action', async () => {
    const world = new PipelineWorld();
    const id = await world.release('c1');
    const stages = world.events.filter(({ detail }) => detail['stage'] === 'Prod' && !detail['action']);
    expect(stages.map(({ detail }) => detail['state'])).toEqual(['STARTED', 'SUCCEEDED']);
    expect(stages[0]).toMatchObject({
      source: 'aws.codepipeline',
      'detail-type': 'CodePipeline Stage Execution State Change',
      resources: ['arn:aws:codepipeline:eu-west-1:111122223333:checkout'],
      detail: { pipeline: 'checkout', 'execution-id': id, version: 1, 'pipeline-execution-attempt': 1 },
    });
  });

  it('wait for an approval', async () => {
    const gate = action('Gate', 'Approval', 'Manual');
    const world = new PipelineWorld(declaring([SOURCE, { name: 'Prod', actions: [gate] }]));
    const id = await world.release('c1');
    expect(world.status(id)).toBe('InProgress');
    const token = world.stage().actionStates?.[0]?.latestExecution?.token;
    const answered = { ...checkout, stageName: 'Prod', actionName: 'Gate', result: { status: 'Approved' } };
    expect(world.refusal('PutApprovalResult', { ...answered, token: 'other' })).toBe(
      'InvalidApprovalTokenException',
    );
    world.call('PutApprovalResult', { ...answered, token });
    expect(world.status(id)).toBe('Succeeded');
  });
});

describe('a rollback of a stage', () => {
  it('runs the stage again with the revisions of the target, as a new execution', async () => {
    const world = new PipelineWorld();
    const good = await world.release('c1');
    const bad = await world.release('c2');
    expect(world.succeeded()).toEqual([bad, good]);
    const back = world.rollBack(good);
    await world.run(120);
    expect(world.released.at(-1)).toBe('checkout/live c1');
    const [newest] = world.call('ListPipelineExecutions', checkout).pipelineExecutionSummaries ?? [];
    expect(newest).toMatchObject({
      ...{ pipelineExecutionId: back, status: 'Succeeded', executionType: 'ROLLBACK' },
      rollbackMetadata: { rollbackTargetPipelineExecutionId: good },
      trigger: { triggerType: 'ManualRollback' },
      sourceRevisions: [{ actionName: 'Commit', revisionId: 'c1' }],
    });
  });

  it('is refused while the stage runs, of the source stage, and of a wrong target', async () => {
    const world = new PipelineWorld();
    const good = await world.release('c1');
    expect(world.rollBackRefusal(good, 'Source')).toBe(UNABLE);
    const running = world.start('c2');
    await world.run(10);
    expect(world.rollBackRefusal(good)).toBe(UNABLE);
    await world.run(120);
    const back = world.rollBack(good);
    await world.run(120);
    expect(world.rollBackRefusal(back)).toBe(UNABLE);
    expect(world.rollBackRefusal('00000000-0000-4000-8000-000000000000')).toBe(
      'PipelineExecutionNotFoundException',
    );
    expect(world.rollBackRefusal(running)).toBe(null);
  });

  it('is refused to an older structure version, which the filter leaves out', async () => {
    const world = new PipelineWorld();
    const old = await world.release('c1');
    world.call('UpdatePipeline', { pipeline: declaring() });
    expect(world.call('GetPipeline', { name: 'checkout' }).pipeline?.version).toBe(2);
    expect(world.succeeded()).toEqual([]);
    expect(world.rollBackRefusal(old)).toBe(UNABLE);
  });

  it('is refused to an execution that failed in the stage, to an outdated one, and of a busy pipeline', async () => {
    const set = { StackName: 'checkout', ChangeSetName: 'next', ActionMode: 'CHANGE_SET_EXECUTE' };
    const execute = action('Execute', 'Deploy', 'CloudFormation', { configuration: set });
    const failing = new PipelineWorld(declaring([SOURCE, { name: 'Prod', actions: [execute] }]));
    const failed = await failing.release('c1');
    expect(failing.status(failed)).toBe('Failed');
    expect(failing.rollBackRefusal(failed)).toBe(UNABLE);
    const world = new PipelineWorld();
    const good = await world.release('c1');
    world.codepipeline.busy('checkout', 30);
    expect(world.rollBackRefusal(good)).toBe('ConflictException');
    await world.run(60);
    world.codepipeline.outdate(good);
    expect(world.rollBackRefusal(good)).toBe('PipelineExecutionOutdatedException');
  });

  it('is refused of a pipeline of the type V1', async () => {
    const world = new PipelineWorld(declaring(undefined, { pipelineType: 'V1' }));
    expect(world.rollBackRefusal(await world.release('c1'))).toBe(UNABLE);
  });

  it('lets an execution that waits enter right afterwards', async () => {
    const world = new PipelineWorld();
    const good = await world.release('c1');
    world.rollBack(good);
    const newer = await world.release('c2');
    expect(world.released).toEqual(['c1', 'c1', 'c2'].map((commit) => `checkout/live ${commit}`));
    expect(world.status(newer)).toBe('Succeeded');
  });

  it('finds no change set that was executed before', async () => {
    const on = (name: string, ActionMode: string) => {
      const configuration = { StackName: 'checkout', ChangeSetName: 'next', ActionMode };
      return { name, actions: [action(name, 'Deploy', 'CloudFormation', { configuration })] };
    };
    const stages = [SOURCE, on('Prepare', 'CHANGE_SET_REPLACE'), on('Prod', 'CHANGE_SET_EXECUTE')];
    const world = new PipelineWorld(declaring(stages));
    world.codepipeline.stack('checkout', { functionName: 'checkout', alias: 'live' });
    const id = world.start('c1');
    await world.run(300);
    expect(world.released).toEqual(['checkout/live c1']);
    const back = world.rollBack(id);
    await world.run(120);
    expect(world.status(back)).toBe('Failed');
    expect(world.stage().actionStates?.[0]?.latestExecution?.errorDetails).toEqual({
      ...{ code: 'JobFailed', message: 'ChangeSet [next] does not exist' },
    });
  });

  it('starts without a call where a failed stage is configured so', async () => {
    const onFailure = { result: 'ROLLBACK' } as const;
    const world = new PipelineWorld(declaring([SOURCE, { ...PROD, onFailure }]));
    await world.release('c1');
    world.codepipeline.failsNext('Deploy', 'out of memory');
    const bad = world.start('c2');
    await world.run(300);
    expect(world.status(bad)).toBe('Failed');
    const [newest] = world.call('ListPipelineExecutions', checkout).pipelineExecutionSummaries ?? [];
    expect(newest).toMatchObject({
      trigger: { triggerType: 'AutomatedRollback' },
      executionType: 'ROLLBACK',
    });
  });
});

describe('what CodePipeline keeps', () => {
  it('lists actions, newest first, by execution', async () => {
    const world = new PipelineWorld();
    const id = await world.release('c1');
    await world.release('c2');
    const { actionExecutionDetails = [] } = world.call('ListActionExecutions', checkout);
    expect(actionExecutionDetails.map(({ stageName }) => stageName)).toEqual([
      ...['Prod', 'Source', 'Prod', 'Source'],
    ]);
    const filter = { pipelineExecutionId: id };
    const own = world.call('ListActionExecutions', { ...checkout, filter, maxResults: 1 });
    expect(own).toMatchObject({ actionExecutionDetails: [{ pipelineExecutionId: id }], nextToken: '1' });
  });

  it('keeps the tags of a pipeline', () => {
    const world = new PipelineWorld();
    const resourceArn = 'arn:aws:codepipeline:eu-west-1:111122223333:checkout';
    world.call('TagResource', { resourceArn, tags: [{ key: 'team', value: 'shop' }] });
    world.call('UntagResource', { resourceArn, tagKeys: ['lastgood'] });
    expect(world.call('ListTagsForResource', { resourceArn }).tags).toEqual([{ key: 'team', value: 'shop' }]);
    expect(world.codepipeline.tagged()).toEqual([{ arn: resourceArn, tags: { team: 'shop' } }]);
  });

  it('cancels at an edit, refuses what is not modelled, and asks the right resources', async () => {
    const world = new PipelineWorld();
    const id = world.start('c1');
    await world.run(10);
    world.call('UpdatePipeline', { pipeline: declaring() });
    await world.run(120);
    expect(world.status(id)).toBe('Cancelled');
    expect(world.released).toEqual([]);
    const build = { name: 'Build', actions: [action('Build', 'Build', 'CodeBuild')] };
    expect(world.refusal('UpdatePipeline', { pipeline: declaring([SOURCE, build]) })).toBe(
      'ValidationException',
    );
    const operation = world.codepipeline.operations['RollbackStage']!;
    expect(operation.authorize({ ...checkout, stageName: 'Prod' } as never)).toEqual([
      {
        action: 'codepipeline:RollbackStage',
        resource: 'arn:aws:codepipeline:eu-west-1:111122223333:checkout/Prod',
        tags: { lastgood: 'approve' },
      },
    ]);
  });
});
