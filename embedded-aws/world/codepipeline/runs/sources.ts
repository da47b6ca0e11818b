import type { ActionDeclaration, SourceRevision, SourceRevisionOverride } from '@aws-sdk/client-codepipeline';
import { asAsked, askedInMetadata } from '../../asked.ts';
import { invalid, notModelled } from '../errors.ts';
import type { Pipeline } from '../model.ts';
import type { CodePipelineState } from '../state.ts';
import { SOUND } from './actions.ts';

/**
 * Returns the revision of each source: the commit that the start names, or the newest version of an object of S3. An
 * object that does not exist has none, and its action fails. Commits that no start names are not modelled.
 * @throws AwsError ValidationException
 */
export function revisionsOf(
  state: CodePipelineState,
  { declaration }: Pipeline,
  given: readonly SourceRevisionOverride[],
): readonly SourceRevision[] {
  const actions = declaration.stages?.[0]?.actions ?? [];
  const strange = given.find(({ actionName }) => !actions.some(({ name }) => name === actionName));
  if (strange !== undefined) throw invalid(`There is no source action ${strange.actionName ?? ''}`);
  return actions.flatMap((action) => {
    const asked = given.find(({ actionName }) => actionName === action.name);
    if (isObject(action)) return objectIn(state, action, asked) ?? [];
    return commitIn(state, asked);
  });
}

export function isObject({ actionTypeId }: ActionDeclaration): boolean {
  return actionTypeId?.category === 'Source' && actionTypeId.provider === 'S3';
}

function commitIn({ commits }: CodePipelineState, asked: SourceRevisionOverride | undefined): SourceRevision {
  if (asked === undefined) throw notModelled('a start without a commit of each source action');
  const { actionName, revisionType, revisionValue = '' } = asked;
  if (revisionType !== 'COMMIT_ID') throw notModelled(`source revisions of the type ${revisionType ?? ''}`);
  const { summary, url } = commits.get(revisionValue) ?? {};
  return { actionName, revisionId: revisionValue, revisionSummary: summary, revisionUrl: url };
}

/**
 * Returns the newest version of the object, whose metadata say how its code behaves.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
 */
function objectIn(
  state: CodePipelineState,
  { name, configuration = {} }: ActionDeclaration,
  asked: SourceRevisionOverride | undefined,
): SourceRevision | null {
  if (asked !== undefined) throw notModelled('source revisions of objects');
  const { S3Bucket = '', S3ObjectKey = '' } = configuration;
  const found = state.objects.get(S3Bucket, S3ObjectKey);
  if (found === null) return null;
  const summary = `Amazon S3 version id: ${found.versionId}`;
  const code = asAsked(SOUND, askedInMetadata(found.metadata ?? {}, invalid));
  state.commits.set(found.versionId, { code, summary });
  return { actionName: name, revisionId: found.versionId, revisionSummary: summary };
}
