import { describe, expect, it } from 'vitest';
import { createTargetGroups } from '../../../../functions/mechanisms/codedeploy/target-groups.ts';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { createWorld } from '@lastgood/embedded-aws/world/world.ts';

/** Creates the embedded load balancers with target groups of these names. */
function over(...names: readonly string[]) {
  return createTargetGroups(balancers(...names).client);
}

/** Creates the same with a load balancer that can forward to one of them. */
function balanced(...names: readonly string[]) {
  const { client, run } = balancers(...names);
  const Subnets = ['subnet-1', 'subnet-2'];
  const made = run('CreateLoadBalancer', { Name: 'web', Type: 'application', Subnets });
  const { LoadBalancers } = made as { LoadBalancers: { LoadBalancerArn: string }[] };
  const on = { LoadBalancerArn: LoadBalancers[0]!.LoadBalancerArn, Protocol: 'HTTP', Port: 80 };
  return {
    ...createTargetGroups(client),
    forwardTo: (TargetGroupArn: string) =>
      void run('CreateListener', { ...on, DefaultActions: [{ Type: 'forward', TargetGroupArn }] }),
  };
}

function balancers(...names: readonly string[]) {
  const { operations }: AwsService = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' }).elb;
  const run = (operation: string, input: object) =>
    operations[operation]!.run(input as never, { role: 'operator' });
  for (const Name of names)
    run('CreateTargetGroup', { Name, Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'instance' });
  const send = async ({ input }: { readonly input: object }) => {
    try {
      return await Promise.resolve(run('DescribeTargetGroups', input));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw Object.assign(new Error(error.message), { name: error.code });
    }
  };
  return { client: { send } as never, run };
}

describe('the target groups of a deployment group', () => {
  it('are watched although another one that it names was deleted', async () => {
    const found = await over('one', 'two').named(['one', 'deleted', 'two']);
    expect(found.map(({ arn }) => arn.split('/')[1])).toEqual(['one', 'two']);
  });

  it('are in use only if a load balancer forwards to them', async () => {
    const groups = balanced('one', 'two');
    groups.forwardTo((await groups.named(['one']))[0]!.arn);
    const found = await groups.named(['one', 'two']);
    expect(found.map(({ isUsed, isHttp }) => ({ isUsed, isHttp }))).toEqual([
      { isUsed: true, isHttp: true },
      { isUsed: false, isHttp: true },
    ]);
  });

  it('are empty if none exists', async () => {
    expect(await over().named(['deleted'])).toEqual([]);
  });

  it('are unknown if they cannot be read', async () => {
    const refused = Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });
    const groups = createTargetGroups({ send: () => Promise.reject(refused) } as never);
    await expect(groups.named(['one'])).rejects.toThrow('Rate exceeded');
  });
});
