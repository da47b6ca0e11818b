import { createHash } from 'node:crypto';
import { BundleType, type AppSpecContent, type RevisionLocation } from '@aws-sdk/client-codedeploy';
import { invalid, noRevision } from './errors.ts';
import type { Application } from './model.ts';

/** Returns a revision's identity. An AppSpec is found by its hash, with or without its content. */
export function keyOf(revision: RevisionLocation): string {
  const { s3Location, gitHubLocation } = revision;
  if (s3Location !== undefined) {
    const { bucket, key, version, eTag } = s3Location;
    return ['s3', bucket, key, version, eTag].join(' ');
  }
  if (gitHubLocation !== undefined)
    return ['github', gitHubLocation.repository, gitHubLocation.commitId].join(' ');
  return `appspec ${appSpecIn(revision)?.sha256 ?? ''}`;
}

/**
 * Returns the AppSpec in a revision of either type: String is deprecated in favour of AppSpecContent.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_RevisionLocation.html
 */
export function appSpecIn({ appSpecContent, ...older }: RevisionLocation): AppSpecContent | undefined {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- AWS still takes it
  return appSpecContent ?? older.string;
}

/** Registers an unknown revision and fills in the hash of its AppSpec. */
export function register(application: Application, asked: RevisionLocation | undefined): RevisionLocation {
  const revision = complete(asked);
  const key = keyOf(revision);
  const known = application.revisions.get(key);
  if (known !== undefined) return known;
  application.revisions.set(key, revision);
  return revision;
}

/** @throws AwsError RevisionDoesNotExistException, InvalidRevisionException */
export function findRevision(
  { revisions }: Application,
  asked: RevisionLocation | undefined,
): RevisionLocation {
  const found = asked === undefined ? undefined : revisions.get(keyOf(checked(asked)));
  if (found === undefined) throw noRevision();
  return found;
}

function complete(asked: RevisionLocation | undefined): RevisionLocation {
  if (asked?.revisionType === undefined)
    throw invalid('RevisionRequiredException', 'The revision must be specified');
  const content = appSpecIn(checked(asked))?.content;
  if (content === undefined) return asked;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return withAppSpec(asked, { content, sha256 });
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_S3Location.html */
function checked(revision: RevisionLocation): RevisionLocation {
  const { bundleType } = revision.s3Location ?? {};
  if (bundleType === undefined || Object.values(BundleType).includes(bundleType)) return revision;
  throw invalid('InvalidRevisionException', 'The revision was specified in an invalid format.');
}

/**
 * Returns a revision as GetDeployment shows it: without the content of an AppSpec. This is assumed for the type String
 * too; the page names AppSpecContent. https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetDeployment.html
 */
export function withoutContent(revision: RevisionLocation): RevisionLocation {
  const sha256 = appSpecIn(revision)?.sha256;
  return sha256 === undefined ? revision : withAppSpec(revision, { sha256 });
}

function withAppSpec(revision: RevisionLocation, appSpec: AppSpecContent): RevisionLocation {
  const property = revision.appSpecContent === undefined ? 'string' : 'appSpecContent';
  return { ...revision, [property]: appSpec };
}
