import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { settingTraits } from '../../../src/rollback/setting-traits.ts';
import { environmentTraits, shownTraits, type Traits } from '../../../src/rollback/traits.ts';

/** The settings whose values are shown, besides those that have a name of their own. */
const SHOWN = new Set([
  'CapacityProviderConfig',
  'DeadLetterConfig',
  'DurableConfig',
  'EphemeralStorage',
  'FileSystemConfigs',
  'KMSKeyArn',
  'LoggingConfig',
  'PackageType',
  'Role',
  'RuntimeVersionConfig',
  'SigningProfileVersionArn',
  'TenancyConfig',
  'TracingConfig',
  'VpcConfig',
]);

/** What names a version, says how it is, or follows from its code. */
const IGNORED = new Set([
  'CodeSize',
  'ConfigSha256',
  'FunctionArn',
  'FunctionName',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
  'MasterArn',
  'RevisionId',
  'SigningJobArn',
  'State',
  'StateReason',
  'StateReasonCode',
  'Version',
]);

/**
 * Returns every setting of a version. Of the environment only the names are shown.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export function traitsOf(configuration: FunctionConfiguration): Traits {
  const { Layers = [], Environment, Architectures, LastModified, SnapStart, ...of } = configuration;
  const { CodeSha256, Description, Runtime, Handler, MemorySize, Timeout, ...rest } = of;
  return {
    ...shownTraits({
      code: CodeSha256 === undefined ? undefined : `sha256 ${CodeSha256.slice(0, 12)}`,
      published: LastModified,
      description: Description,
      runtime: Runtime,
      handler: Handler,
      'memory in MB': MemorySize,
      'timeout in seconds': Timeout,
      architecture: Architectures?.join(', '),
      layers: Layers.map(({ Arn = '' }) => Arn.split(':').slice(-2).join(':')).join(', '),
      // Its state differs between versions with the same setting.
      SnapStart: SnapStart?.ApplyOn,
    }),
    ...settingTraits(rest, { shown: SHOWN, ignored: IGNORED }),
    ...environmentTraits(Environment?.Variables ?? {}),
  };
}
