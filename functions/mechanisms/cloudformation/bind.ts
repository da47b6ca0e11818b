import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createCloudFormation } from './sdk.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const cloudformation = createCloudFormation(connect(CloudFormationClient));
    return {
      ...createMechanism({ cloudformation, ledger, now }),
      readiness: readinessWith({ cloudformation }),
    };
  });
}
