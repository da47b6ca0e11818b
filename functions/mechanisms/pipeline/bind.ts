import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createCodePipeline } from './sdk.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const codepipeline = createCodePipeline(connect(CodePipelineClient));
    return {
      ...createMechanism({ codepipeline, ledger, now }),
      readiness: readinessWith({ codepipeline }),
    };
  });
}
