import { describe, expect, it } from 'vitest';
import { createTargetGroups } from '../../../../functions/mechanisms/codedeploy/target-groups.ts';
import { AwsError, type AwsService } from '../../../../local/world/service.ts';
import { createWorld } from '../../../../local/world/world.ts';

/** The embedded load balancers with target groups of these names. */
function over(...names: readonly string[]) {
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
  return createTargetGroups({ send } as never);
}

describe('the target groups of a deployment group', () => {
  it('are watched though another one that it names was deleted', async () => {
    const arns = await over('one', 'two').arns(['one', 'deleted', 'two']);
    expect(arns.map((arn) => arn.split('/')[1])).toEqual(['one', 'two']);
  });

  it('are none where none is there', async () => {
    expect(await over().arns(['deleted'])).toEqual([]);
  });

  it('are not known where they cannot be read', async () => {
    const refused = Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });
    const groups = createTargetGroups({ send: () => Promise.reject(refused) } as never);
    await expect(groups.arns(['one'])).rejects.toThrow('Rate exceeded');
  });
});
