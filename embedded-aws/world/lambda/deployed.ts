import type { Environment, FunctionConfiguration, Runtime } from '@aws-sdk/client-lambda';

/** A function whose code runs elsewhere: its configuration, without what Lambda itself sets. */
export interface Deployed {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Role: string;
  readonly Runtime: Runtime;
  readonly Handler: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment: Environment;
}

/** Describes its only version. */
export function describeDeployed(deployed: Deployed): FunctionConfiguration {
  return {
    ...deployed,
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
