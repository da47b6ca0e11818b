import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { environmentTraits, shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { toInstant } from '../../../src/targets/instant.ts';
import type { Alias, Version } from './lambda.ts';

/* From AWS's shapes, where everything may be missing, to ours, where nothing is. */

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
  return { name, state, codeSha256, modifiedAt, traits: traitsOf(configuration) };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
function traitsOf(configuration: FunctionConfiguration): Traits {
  const { Layers = [], Environment, Architectures, LastModified, ...of } = configuration;
  return {
    ...shownTraits({
      code: of.CodeSha256 === undefined ? undefined : `sha256 ${of.CodeSha256.slice(0, 12)}`,
      published: LastModified,
      description: of.Description,
      runtime: of.Runtime,
      handler: of.Handler,
      'memory in MB': of.MemorySize,
      'timeout in seconds': of.Timeout,
      architecture: Architectures?.join(', '),
      layers: Layers.map(({ Arn = '' }) => Arn.split(':').slice(-2).join(':')).join(', '),
    }),
    ...environmentTraits(Environment?.Variables ?? {}),
  };
}

/** Lambda always gives the time; a version without one counts as the oldest of all. */
const OLDEST = new Date(0).toISOString();
