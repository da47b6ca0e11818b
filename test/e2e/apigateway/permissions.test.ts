import { APIGatewayClient, CreateDeploymentCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type Api } from '../../../local/scenarios/apigateway/api.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';

describe('a stolen role', () => {
  let stage: Stage;
  let api: Api;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    api = await openApi(stage, { proven: false });
  }, 60_000);
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    return new APIGatewayClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
  };
  const patch = () =>
    new UpdateStageCommand({
      ...{ restApiId: api.id, stageName: 'prod' },
      patchOperations: [{ op: 'replace', path: '/deploymentId', value: api.first }],
    });
  const denied = { name: 'AccessDeniedException' };

  it('of the mechanism points a tagged stage at a deployment', async () => {
    await expect(as('mechanism-apigateway').send(patch())).resolves.toBeDefined();
  });

  it('of the mechanism makes no deployment', async () => {
    const create = new CreateDeploymentCommand({ restApiId: api.id, stageName: 'prod' });
    await expect(as('mechanism-apigateway').send(create)).rejects.toMatchObject(denied);
  });

  it.each(['none', 'observe'])('of the mechanism changes no stage tagged %s', async (lastgood) => {
    const resourceArn = `arn:aws:apigateway:eu-west-1::/restapis/${api.id}/stages/prod`;
    stage.call('apigateway', 'TagResource', { resourceArn, tags: { lastgood } });
    await expect(as('mechanism-apigateway').send(patch())).rejects.toMatchObject(denied);
    stage.call('apigateway', 'TagResource', { resourceArn, tags: { lastgood: 'auto' } });
  });

  it.each(['on-alarm', 'guard', 'verify', 'evidence', 'report', 'sweep', 'mechanism-lambda'])(
    'of %s changes no stage',
    async (name) => {
      await expect(as(name).send(patch())).rejects.toMatchObject(denied);
    },
  );
});
