import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createBundles } from './bundles.ts';
import { createListVersions } from './list-versions.ts';
import { createMechanism } from './mechanism.ts';
import { createCodeDeploy } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting, variable, fetch } = surroundings;
  return bindMechanism(surroundings, ({ connect, ledger, now }) =>
    createMechanism({
      codedeploy: createCodeDeploy(connect(CodeDeployClient), setting('CODEDEPLOY_ARN')),
      bundles: createBundles(
        variable('REVISION_BUCKETS') ?? '',
        createListVersions(fetch, surroundings, now),
      ),
      targetGroups: createTargetGroups(connect(ElasticLoadBalancingV2Client)),
      ledger,
      now,
    }),
  );
}
