import type * as sdk from '@aws-sdk/client-lambda';
import { createLambda } from '../../world/lambda/lambda.ts';
import type { Code } from '../../world/lambda/model.ts';
import { createLogs } from '../../world/logs.ts';
import type { Datum } from '../../world/seams.ts';
import { AwsError } from '../../world/service.ts';
import { surround } from './elb-shop.ts';

export const GOOD: Code = { errorRate: 0, latency: 0.1 };
export const BAD: Code = { errorRate: 1, latency: 0.1 };

interface Outputs {
  CreateAlias: sdk.AliasConfiguration;
  CreateFunction: sdk.FunctionConfiguration;
  DeleteFunction: object;
  GetAlias: sdk.AliasConfiguration;
  GetFunction: sdk.GetFunctionResponse;
  GetFunctionConfiguration: sdk.FunctionConfiguration;
  GetProvisionedConcurrencyConfig: sdk.GetProvisionedConcurrencyConfigResponse;
  ListAliases: sdk.ListAliasesResponse;
  ListTags: sdk.ListTagsResponse;
  ListVersionsByFunction: sdk.ListVersionsByFunctionResponse;
  PublishVersion: sdk.FunctionConfiguration;
  PutFunctionConcurrency: object;
  PutProvisionedConcurrencyConfig: sdk.PutProvisionedConcurrencyConfigResponse;
  TagResource: object;
  UntagResource: object;
  UpdateAlias: sdk.AliasConfiguration;
  UpdateFunctionConfiguration: sdk.FunctionConfiguration;
}

/** The function `checkout` with its version 1, and the alias `live` that points at it. */
export class LambdaWorld {
  readonly measured: Datum[] = [];
  readonly surroundings = surround();
  readonly logs = createLogs(this.surroundings);
  readonly lambda = createLambda(this.surroundings, {
    metrics: { record: (datum) => this.measured.push(datum) },
    logs: this.logs,
  });
  readonly arn = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';

  constructor() {
    this.call('CreateFunction', { FunctionName: 'checkout', Tags: { lastgood: 'auto' } });
    this.publish(GOOD);
    this.call('CreateAlias', { FunctionName: 'checkout', Name: 'live', FunctionVersion: '1' });
  }

  get clock() {
    return this.surroundings.clock;
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    return this.lambda.operations[operation]!.run(input as never, { role: 'operator' }) as Outputs[Name];
  }

  /** Returns the code of a call's AWS error; null if it succeeds. */
  refusal(operation: keyof Outputs, input: object): string | null {
    try {
      this.call(operation, input);
      return null;
    } catch (error) {
      if (error instanceof AwsError) return error.code;
      throw error;
    }
  }

  publish(code: Code): string {
    this.lambda.write('checkout', code);
    return this.call('PublishVersion', { FunctionName: 'checkout' }).Version!;
  }

  update(change: object): sdk.AliasConfiguration {
    return this.call('UpdateAlias', { FunctionName: 'checkout', Name: 'live', ...change });
  }

  canary(version: string, share: number): sdk.AliasConfiguration {
    return this.update({ RoutingConfig: { AdditionalVersionWeights: { [version]: share } } });
  }

  provision(executions = 10): void {
    const input = { FunctionName: 'checkout', Qualifier: 'live' };
    this.call('PutProvisionedConcurrencyConfig', { ...input, ProvisionedConcurrentExecutions: executions });
  }

  get live(): sdk.AliasConfiguration {
    return this.call('GetAlias', { FunctionName: 'checkout', Name: 'live' });
  }

  pass(seconds: number): Promise<void> {
    return this.surroundings.run(seconds);
  }
}
