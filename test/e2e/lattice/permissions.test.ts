import { UpdateListenerCommand, UpdateRuleCommand, VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMesh, type Mesh } from '../../../local/scenarios/lattice/mesh.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import { forwarderOf } from '../../../src/targets/kinds/lattice/target.ts';

describe('a stolen role', () => {
  let stage: Stage;
  let mesh: Mesh;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    mesh = await openMesh(stage, { on: 'rule', proven: false });
  }, 60_000);
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const { role } = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!;
    return new VPCLatticeClient({
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    });
  };
  const keys = () => {
    const { service, listener, rule } = forwarderOf(mesh.target);
    return { serviceIdentifier: service, listenerIdentifier: listener, ruleIdentifier: rule ?? '' };
  };
  const action = () => ({
    forward: { targetGroups: [{ targetGroupIdentifier: mesh.groups['blue'], weight: 100 }] },
  });
  const changeRule = () => new UpdateRuleCommand({ ...keys(), action: action() });
  const denied = { name: 'AccessDeniedException' };

  it('of the mechanism changes the weights of a tagged rule', async () => {
    await expect(as('mechanism-lattice').send(changeRule())).resolves.toBeDefined();
  });

  it('of the mechanism changes no listener without a tag, though its rule has one', async () => {
    const { serviceIdentifier, listenerIdentifier } = keys();
    const update = { serviceIdentifier, listenerIdentifier, defaultAction: action() };
    await expect(as('mechanism-lattice').send(new UpdateListenerCommand(update))).rejects.toMatchObject(
      denied,
    );
  });

  it.each(['none', 'observe'])('of the mechanism changes no rule tagged %s', async (lastgood) => {
    const { service, listener, rule } = forwarderOf(mesh.target);
    const resourceArn = `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${service}/listener/${listener}/rule/${rule ?? ''}`;
    stage.call('lattice', 'TagResource', { resourceArn, tags: { lastgood } });
    await expect(as('mechanism-lattice').send(changeRule())).rejects.toMatchObject(denied);
    stage.call('lattice', 'TagResource', { resourceArn, tags: { lastgood: 'auto' } });
  });

  it.each(['on-alarm', 'guard', 'verify', 'evidence', 'report', 'sweep', 'mechanism-elb'])(
    'of %s changes no rule',
    async (name) => {
      await expect(as(name).send(changeRule())).rejects.toMatchObject(denied);
    },
  );
});
