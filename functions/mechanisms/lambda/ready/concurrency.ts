import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { LAMBDA } from '../../../../src/readiness/ids/lambda.ts';
import type { AliasName } from '../../../../src/targets/kinds/lambda/target.ts';
import type { ProvisionedFor } from './sdk.ts';

const find = findIn(LAMBDA);

/** With a reserved concurrency of 0 Lambda throttles every invocation (API_PutFunctionConcurrency, AWS Lambda). */
export function ofReserved(functionName: string, reserved: number | null): readonly Finding[] {
  if (reserved !== 0) return [];
  return [
    find(
      'concurrency-zero',
      `Function ${functionName} has a reserved concurrency of 0, so Lambda throttles every version of it.`,
      `Remove the limit: aws lambda delete-function-concurrency --function-name ${functionName}.`,
    ),
  ];
}

/**
 * Looks at provisioned concurrency. On an alias it follows the alias; on a version it stays with that version.
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export function ofProvisioned(
  { functionName, alias }: AliasName,
  { running, back }: { readonly running: string | undefined; readonly back: string | undefined },
  provisioned: readonly ProvisionedFor[],
): readonly Finding[] {
  const of = (qualifier: string | undefined) => provisioned.find((one) => one.qualifier === qualifier);
  const own = of(running);
  const findings = of(alias)?.isFailed === true ? [failed(alias, of(alias)?.reason ?? '')] : [];
  if (own === undefined || back === undefined || of(alias) !== undefined || of(back) !== undefined)
    return findings;
  return [
    ...findings,
    find(
      'provisioned-missing',
      `${functionName}:${running ?? ''} has ${own.requested} provisioned environments of its own, and ${functionName}:${back}, the way back now, has none.`,
      `Provision the alias instead of a version: aws lambda put-provisioned-concurrency-config --function-name ${functionName} --qualifier ${alias} --provisioned-concurrent-executions ${own.requested}.`,
    ),
  ];
}

function failed(alias: string, reason: string): Finding {
  return find(
    'provisioned-failed',
    `Lambda could not provision the environments of the alias ${alias}${reason === '' ? '' : ` (${reason})`}, and would fail again when the alias goes back.`,
    'Provision fewer, or raise the quota of concurrent executions.',
  );
}
