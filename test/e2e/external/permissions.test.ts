import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf } from '../../../local/scenarios/events/speak.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';

describe('a stolen role', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
  }, 60_000);
  afterAll(() => stage.close());

  const putAs = async (functionName: string, source: string, type: string, bus = 'lastgood-prod') => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    const client = new EventBridgeClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
    return client.send(
      new PutEventsCommand({ Entries: [{ ...eventOf(source, type, {}), EventBusName: bus }] }),
    );
  };
  const denied = { name: 'AccessDeniedException' };

  it('of the mechanism asks another system', async () => {
    await expect(putAs('mechanism-external', 'lastgood', 'Rollback Wanted')).resolves.toBeDefined();
  });

  it.each([
    ['says that a rollback ended', 'lastgood', 'Rollback Succeeded', 'lastgood-prod'],
    ['answers for the system', 'argocd.shop', 'Rollback Answered', 'lastgood-prod'],
    ['reports a deployment', 'argocd.shop', 'Deployment Reported', 'lastgood-prod'],
    ['speaks on another bus', 'lastgood', 'Rollback Wanted', 'default'],
  ])('of the mechanism never %s', async (_, source, type, bus) => {
    await expect(putAs('mechanism-external', source, type, bus)).rejects.toMatchObject(denied);
  });

  it.each(['on-alarm', 'on-deployment', 'verify', 'evidence', 'mechanism-ecs'])(
    'of %s asks nothing',
    async (name) => {
      await expect(putAs(name, 'lastgood', 'Rollback Wanted')).rejects.toMatchObject(denied);
    },
  );
});
