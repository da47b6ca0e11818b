import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { createBundles } from '../../../../functions/mechanisms/codedeploy/bundles.ts';
import { createMechanism } from '../../../../functions/mechanisms/codedeploy/mechanism.ts';
import { createCodeDeploy } from '../../../../functions/mechanisms/codedeploy/sdk.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import type { CodeDeployWorld } from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';

export const ARN = 'arn:aws:codedeploy:eu-west-1:111122223333';
export const TARGET = 'codedeploy:shop/fleet';

/**
 * Creates a client that calls the embedded AWS in process. A stop takes its seconds at once, because CodeDeploy does not
 * show that a stop is pending.
 */
export function clientOf(world: CodeDeployWorld, calls: string[]): CodeDeployClient {
  const send = async (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    try {
      const { operations } = world.world.codedeploy;
      const answer = operations[operation]!.run(command.input as never, { role: 'operator' });
      if (operation === 'StopDeployment') await world.pass(10);
      return answer;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw Object.assign(new Error(error.message), { name: error.code });
    }
  };
  return Object.assign(new CodeDeployClient(), { send });
}

/** Lists the bundles of the world as S3 does. */
export function bundlesOf({ world }: CodeDeployWorld, buckets = 'arn:aws:s3:::bundles') {
  return createBundles(buckets, (bucket, key) => {
    const versions = world.bundles.of(bucket, key).map(({ versionId: id, eTag, bundle }) => ({
      ...{ id, eTag, isDeleted: bundle === null, storage: 'STANDARD' },
    }));
    return Promise.resolve({ versions, isWhole: true });
  });
}

/** Returns a target group in use. */
function targetGroup(name: string) {
  return { arn: `arn:${name}`, isUsed: true, isHttp: true };
}

/** Sets up the mechanism on the embedded AWS, with its clock, and records the calls. */
export function stage(world: CodeDeployWorld, target = TARGET, buckets?: string) {
  const calls: string[] = [];
  const ledger = new FakeEntries(target);
  const codedeploy = createCodeDeploy(clientOf(world, calls), ARN);
  const mechanism = createMechanism({
    codedeploy,
    bundles: bundlesOf(world, buckets),
    targetGroups: { named: (names) => Promise.resolve(names.map(targetGroup)) },
    alias: () => Promise.resolve(null),
    reserved: () => Promise.resolve(null),
    ledger,
    now: () => world.world.clock.iso(),
  });
  return { world, codedeploy, mechanism, ledger, calls };
}
