import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { CODEDEPLOY } from '../../../../src/readiness/ids/codedeploy.ts';
import type { Returning } from '../../../../src/readiness/returning.ts';
import type { Bundles } from '../bundles.ts';
import { locationOf, revisionAt } from '../revision-id.ts';

const find = findIn(CODEDEPLOY);

/** Looks for the bundle of a revision. CodeDeploy itself does not: its agents fetch it, and each fails if it is gone. */
export async function ofBundle({ id, as, defect }: Returning, bundles: Bundles): Promise<readonly Finding[]> {
  const location = locationOf(id);
  if (location === null) return [];
  const name = revisionAt(location)?.name ?? id;
  const { s3Location, gitHubLocation } = location;
  if (s3Location === undefined) return onGitHub(name, as, gitHubLocation?.repository ?? '');
  const found = await bundles.look(s3Location);
  if (found.state === 'there') return [];
  if (found.state === 'gone')
    return [
      find(
        'bundle-gone',
        `The bundle of ${name}, ${as}, is gone: ${found.reason}.`,
        'Keep the bundles of the last releases: one key for each, or versions in the bucket, and a lifecycle rule that spares them.',
        defect,
      ),
    ];
  return [
    find(
      'bundle-unknown',
      `It is unknown whether the bundle of ${name}, ${as}, is there: ${found.reason}.`,
      'Name its bucket in the parameter bundles of the stack, and restore what is archived.',
    ),
  ];
}

function onGitHub(name: string, as: string, repository: string): readonly Finding[] {
  return [
    find(
      'bundle-unknown',
      `It is unknown whether ${name}, ${as}, is there: it is on GitHub, in ${repository}, which Lastgood does not read.`,
      'Deploy bundles from S3, so that a way back does not depend on GitHub.',
      'risks',
    ),
  ];
}
