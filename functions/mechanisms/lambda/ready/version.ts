import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { LAMBDA } from '../../../../src/readiness/ids/lambda.ts';
import type { Returning } from '../../../../src/readiness/returning.ts';
import { whyNotInvocable } from '../invocable.ts';
import type { Version } from '../lambda.ts';

const find = findIn(LAMBDA);

/**
 * Looks at the version of the way back. The one that runs exists, because Lambda deletes none that an alias names.
 * Unknown: deprecated-runtimes.
 * @param name `checkout:7`
 */
export function ofVersion(
  name: string,
  { as, defect }: Pick<Returning, 'as' | 'defect'>,
  version: Pick<Version, 'state'> | null,
): readonly Finding[] {
  if (version === null)
    return [
      find(
        'version-gone',
        `Version ${name}, ${as}, was deleted.`,
        'Let the tool that removes old versions keep the last three that the alias named.',
        defect,
      ),
    ];
  if (version.state === 'Active') return [];
  const isLost = whyNotInvocable(version) !== null;
  return [
    find(
      'version-not-active',
      isLost
        ? `Version ${name}, ${as}, is ${version.state}, so Lambda does not invoke it.`
        : `Version ${name}, ${as}, is ${version.state}: its first invocations fail until Lambda has restored its resources.`,
      isLost
        ? `Read its StateReason, and publish its code again: aws lambda get-function-configuration --function-name ${name}.`
        : 'Invoke it once, and then at least once a week, so that it stays Active.',
      isLost ? defect : undefined,
    ),
  ];
}
