import {
  BatchGetApplicationRevisionsCommand,
  type CodeDeployClient,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { inBatches } from '../../../src/aws/batches.ts';
import { isNamed } from '../../../src/aws/errors.ts';

/** The limit of one BatchGetApplicationRevisions. */
const MAX_PER_CALL = 25;

type ReadOne = (revision: RevisionLocation) => Promise<RevisionLocation | null>;

/**
 * Reads revisions with their AppSpecs, in their order. Several are read in one call; `readOne` reads those that the
 * answer lacks or shows without content. Null: CodeDeploy does not know it, or no longer does.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetApplicationRevisions.html
 * Unknown: batch-of-revisions-has-content.
 */
export async function readRevisions(
  client: Pick<CodeDeployClient, 'send'>,
  applicationName: string,
  wanted: readonly RevisionLocation[],
  readOne: ReadOne,
): Promise<readonly (RevisionLocation | null)[]> {
  const byHash = new Map(
    wanted.flatMap((one) => (hashOf(one) === null ? [] : [[hashOf(one), one] as const])),
  );
  const batches = byHash.size < 2 ? [] : inBatches([...byHash.values()], MAX_PER_CALL);
  const found = await Promise.all(batches.map((revisions) => readBatch(client, applicationName, revisions)));
  const known = new Map(found.flat().map((one) => [hashOf(one), one]));
  return Promise.all(wanted.map(async (one) => known.get(hashOf(one)) ?? readOne(one)));
}

/** Returns the revisions whose AppSpec is in the answer. */
async function readBatch(
  client: Pick<CodeDeployClient, 'send'>,
  applicationName: string,
  revisions: readonly RevisionLocation[],
): Promise<readonly RevisionLocation[]> {
  const input = { applicationName, revisions: [...revisions] };
  try {
    const { revisions: found = [] } = await client.send(new BatchGetApplicationRevisionsCommand(input));
    return found.flatMap(({ revisionLocation: one }) => (one !== undefined && hasContent(one) ? one : []));
  } catch (error) {
    if (isNamed(error, 'InvalidRevisionException', 'RevisionDoesNotExistException')) return [];
    throw error;
  }
}

/** Returns the hash of an AppSpec that CodeDeploy keeps; null: it is elsewhere. */
function hashOf(revision: RevisionLocation): string | null {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deployments still use it
  return revision.appSpecContent?.sha256 ?? revision.string?.sha256 ?? null;
}

function hasContent(revision: RevisionLocation): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deployments still use it
  return (revision.appSpecContent?.content ?? revision.string?.content) !== undefined;
}
