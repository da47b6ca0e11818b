import { createHash } from 'node:crypto';
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { toInstant } from '../../../src/targets/instant.ts';
import type { Alias, Version } from './lambda.ts';
import { traitsOf } from './traits.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toAlias(alias: AliasConfiguration): Alias {
  const { AliasArn = '', Name = '', FunctionVersion = '', RoutingConfig, RevisionId = '' } = alias;
  return {
    functionArn: AliasArn.slice(0, -(Name.length + 1)),
    version: FunctionVersion,
    weights: RoutingConfig?.AdditionalVersionWeights ?? {},
    revisionId: RevisionId,
  };
}

export function toVersion(configuration: FunctionConfiguration): Version {
  const {
    Version: name = '',
    State: state = '',
    CodeSha256: codeSha256 = '',
    LastModified = '',
  } = configuration;
  const modifiedAt = toInstant(LastModified) ?? OLDEST;
  const [content, traits] = [contentOf(configuration), traitsOf(configuration)];
  return { name, state, codeSha256, content, modifiedAt, traits };
}

/** Returns equal text for equal code and configuration, whatever the version numbers. */
function contentOf(of: FunctionConfiguration): string {
  const { Variables = {} } = of.Environment ?? {};
  const { SubnetIds = [], SecurityGroupIds = [] } = of.VpcConfig ?? {};
  const parts = [
    of.CodeSha256,
    [of.PackageType, of.Runtime, of.Handler, of.Architectures, of.ImageConfigResponse?.ImageConfig],
    [of.MemorySize, of.Timeout, of.EphemeralStorage?.Size, of.SnapStart?.ApplyOn],
    [of.Role, of.KMSKeyArn, SubnetIds.toSorted(), SecurityGroupIds.toSorted()],
    [of.Layers?.map(({ Arn }) => Arn), of.FileSystemConfigs, of.DeadLetterConfig, of.TracingConfig],
    of.LoggingConfig,
    Object.entries(Variables).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    // Later additions of AWS, which most functions lack.
    ...[of.DurableConfig, of.TenancyConfig, of.CapacityProviderConfig].filter((one) => one !== undefined),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Lambda always gives the time; a version without one counts as the oldest. */
const OLDEST = new Date(0).toISOString();
