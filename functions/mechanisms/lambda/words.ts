import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
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
  return { name, state, codeSha256, modifiedAt: toInstant(LastModified) ?? OLDEST };
}

/** Lambda always gives the time; a version without one counts as the oldest of all. */
const OLDEST = new Date(0).toISOString();
