import { paginateListProvisionedConcurrencyConfigs, type LambdaClient } from '@aws-sdk/client-lambda';

/** Provisioned concurrency of an alias or a version. */
export interface ProvisionedFor {
  /** `live`, or the number of a version. */
  readonly qualifier: string;
  readonly requested: number;
  readonly isFailed: boolean;
  /** Why it failed, in Lambda's words. */
  readonly reason: string;
}

/** What only a check of readiness reads. */
export interface Concurrency {
  provisioned(functionName: string): Promise<readonly ProvisionedFor[]>;
}

export function createConcurrency(client: LambdaClient): Concurrency {
  return {
    provisioned: async (FunctionName) => {
      const found: ProvisionedFor[] = [];
      for await (const page of paginateListProvisionedConcurrencyConfigs({ client }, { FunctionName }))
        for (const one of page.ProvisionedConcurrencyConfigs ?? [])
          found.push({
            qualifier: one.FunctionArn?.split(':').at(-1) ?? '',
            requested: one.RequestedProvisionedConcurrentExecutions ?? 0,
            isFailed: one.Status === 'FAILED',
            reason: one.StatusReason ?? '',
          });
      return found;
    },
  };
}
