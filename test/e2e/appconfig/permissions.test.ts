import {
  AppConfigClient,
  CreateHostedConfigurationVersionCommand,
  GetHostedConfigurationVersionCommand,
  StartDeploymentCommand,
  StopDeploymentCommand,
  UpdateEnvironmentCommand,
} from '@aws-sdk/client-appconfig';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTY, openFlags, type Flags } from '../../../local/scenarios/appconfig/flags.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';

describe('a stolen role', () => {
  let stage: Stage;
  let flags: Flags;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    flags = await openFlags(stage, { proven: false });
    flags.release(FAULTY);
  }, 60_000);
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    return new AppConfigClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
  };
  const denied = { name: 'AccessDeniedException' };
  const profile = () => ({ ApplicationId: flags.ids.ApplicationId, ConfigurationProfileId: flags.profile });
  const revert = () => new StopDeploymentCommand({ ...flags.ids, DeploymentNumber: 2, AllowRevert: true });
  const deploy = (DeploymentStrategyId: string) =>
    new StartDeploymentCommand({
      ...{ ...flags.ids, ...profile(), DeploymentStrategyId, ConfigurationVersion: '1' },
    });

  it('of the mechanism neither reads nor creates a configuration, and changes no monitor', async () => {
    const client = as('mechanism-appconfig');
    const read = new GetHostedConfigurationVersionCommand({ ...profile(), VersionNumber: 1 });
    const create = new CreateHostedConfigurationVersionCommand({
      ...{ ...profile(), ContentType: 'application/json', Content: new TextEncoder().encode('{}') },
    });
    await expect(client.send(read)).rejects.toThrow();
    await expect(client.send(create)).rejects.toMatchObject(denied);
    const unwatched = new UpdateEnvironmentCommand({ ...flags.ids, Monitors: [] });
    await expect(client.send(unwatched)).rejects.toMatchObject(denied);
  });

  it.each(['none', 'observe'])(
    'of the mechanism takes nothing back in an environment tagged %s',
    async (lastgood) => {
      const { ApplicationId, EnvironmentId } = flags.ids;
      const ResourceArn = `arn:aws:appconfig:eu-west-1:111122223333:application/${ApplicationId}/environment/${EnvironmentId}`;
      stage.call('appconfig', 'TagResource', { ResourceArn, Tags: { lastgood } });
      await expect(as('mechanism-appconfig').send(revert())).rejects.toMatchObject(denied);
      await expect(as('mechanism-appconfig').send(deploy('AppConfig.AllAtOnce'))).rejects.toMatchObject(
        denied,
      );
      stage.call('appconfig', 'TagResource', { ResourceArn, Tags: { lastgood: 'auto' } });
    },
  );

  it.each(['on-alarm', 'guard', 'verify', 'evidence', 'report', 'sweep', 'mechanism-ecs'])(
    'of %s takes nothing back',
    async (name) => {
      await expect(as(name).send(revert())).rejects.toMatchObject(denied);
      await expect(as(name).send(deploy('AppConfig.AllAtOnce'))).rejects.toMatchObject(denied);
    },
  );

  it('of the mechanism deploys by no other strategy than that of the way back', async () => {
    const own = flags.strategy({ minutes: 60, bake: 0 });
    await expect(as('mechanism-appconfig').send(deploy(own))).rejects.toMatchObject(denied);
  });

  it('of the mechanism takes a deployment of a tagged environment back', async () => {
    await expect(as('mechanism-appconfig').send(revert())).resolves.toMatchObject({ State: 'REVERTED' });
  });
});
