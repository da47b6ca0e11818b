import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { readSetup } from '../../../src/aws/code-deploy/setup.ts';
import { createGroupSettings } from '../../../src/aws/group-settings.ts';
import { createReadReserved } from '../../../src/aws/reserved-concurrency.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createReadAlias } from './aliases.ts';
import { createBundles } from './bundles.ts';
import { createListVersions } from './list-versions.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createCodeDeploy } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting, variable, fetch } = surroundings;
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const [deploying, balancing] = [connect(CodeDeployClient), connect(ElasticLoadBalancingV2Client)];
    const lambda = connect(LambdaClient);
    const arn = setting('CODEDEPLOY_ARN');
    const clients = {
      codedeploy: createCodeDeploy(deploying, arn),
      bundles: createBundles(
        variable('REVISION_BUCKETS') ?? '',
        createListVersions(fetch, surroundings, now),
      ),
      targetGroups: createTargetGroups(balancing),
      alias: createReadAlias(lambda),
      reserved: createReadReserved(lambda),
      ledger,
    };
    const groupSettings = createGroupSettings(balancing);
    return {
      ...createMechanism({ ...clients, now }),
      readiness: readinessWith({
        ...clients,
        setup: (name) => readSetup(deploying, name),
        groupSettings,
        arn,
      }),
    };
  });
}
