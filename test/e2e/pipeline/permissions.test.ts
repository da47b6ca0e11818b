import {
  CodePipelineClient,
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  RollbackStageCommand,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
} from '@aws-sdk/client-codepipeline';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, PIPELINE_ARN, type Shop } from '../../../local/scenarios/pipeline/shop.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';

describe('a stolen role', () => {
  let stage: Stage;
  let shop: Shop;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    shop = await openShop(stage, { proven: false });
  }, 60_000);
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    return new CodePipelineClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
  };
  const denied = { name: 'AccessDeniedException' };
  const prod = { pipelineName: 'checkout', stageName: 'Prod' };
  const hold = () =>
    new DisableStageTransitionCommand({ ...prod, transitionType: 'Inbound', reason: 'held' });
  const back = () => new RollbackStageCommand({ ...prod, targetPipelineExecutionId: shop.good });

  it('of the mechanism rolls a stage of a tagged pipeline back, and disables its transition', async () => {
    await expect(as('mechanism-pipeline').send(back())).resolves.toBeDefined();
    await expect(as('mechanism-pipeline').send(hold())).resolves.toBeDefined();
  });

  it('of the mechanism stops nothing, lets nothing in, and edits nothing', async () => {
    const stop = new StopPipelineExecutionCommand({
      pipelineName: 'checkout',
      pipelineExecutionId: shop.good,
    });
    const enable = new EnableStageTransitionCommand({ ...prod, transitionType: 'Inbound' });
    const pipeline = { name: 'checkout', roleArn: 'arn:aws:iam::111122223333:role/other', stages: [] };
    const thief = as('mechanism-pipeline');
    await expect(thief.send(stop)).rejects.toMatchObject(denied);
    await expect(thief.send(enable)).rejects.toMatchObject(denied);
    await expect(thief.send(new UpdatePipelineCommand({ pipeline }))).rejects.toMatchObject(denied);
  });

  it.each(['none', 'observe'])('of the mechanism rolls no pipeline tagged %s back', async (value) => {
    const tag = (lastgood: string) => ({
      resourceArn: PIPELINE_ARN,
      tags: [{ key: 'lastgood', value: lastgood }],
    });
    stage.call('codepipeline', 'TagResource', tag(value));
    await expect(as('mechanism-pipeline').send(back())).rejects.toMatchObject(denied);
    await expect(as('mechanism-pipeline').send(hold())).rejects.toMatchObject(denied);
    stage.call('codepipeline', 'TagResource', tag('auto'));
  });

  it.each(['on-alarm', 'guard', 'verify', 'evidence', 'report', 'sweep', 'mechanism-ecs'])(
    'of %s rolls no stage back',
    async (name) => {
      await expect(as(name).send(back())).rejects.toMatchObject(denied);
    },
  );
});
