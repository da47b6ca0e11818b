import { createHash } from 'node:crypto';
import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { invalid, noRevision } from './errors.ts';
import type { Application } from './model.ts';

/** What tells revisions apart. An AppSpec is found by its hash, with or without its content. */
export function keyOf({ s3Location, gitHubLocation, appSpecContent }: RevisionLocation): string {
  if (s3Location !== undefined) {
    const { bucket, key, version, eTag } = s3Location;
    return ['s3', bucket, key, version, eTag].join(' ');
  }
  if (gitHubLocation !== undefined)
    return ['github', gitHubLocation.repository, gitHubLocation.commitId].join(' ');
  return `appspec ${appSpecContent?.sha256 ?? ''}`;
}

/** Registers a revision where it is not known yet, with the hash of its AppSpec filled in. */
export function register(application: Application, asked: RevisionLocation | undefined): RevisionLocation {
  const revision = complete(asked);
  const key = keyOf(revision);
  const known = application.revisions.get(key);
  if (known !== undefined) return known;
  application.revisions.set(key, revision);
  return revision;
}

/** @throws AwsError RevisionDoesNotExistException */
export function findRevision(
  { revisions }: Application,
  asked: RevisionLocation | undefined,
): RevisionLocation {
  const found = asked === undefined ? undefined : revisions.get(keyOf(asked));
  if (found === undefined) throw noRevision();
  return found;
}

function complete(asked: RevisionLocation | undefined): RevisionLocation {
  if (asked?.revisionType === undefined)
    throw invalid('RevisionRequiredException', 'The revision must be specified');
  const content = asked.appSpecContent?.content;
  if (content === undefined) return asked;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { ...asked, appSpecContent: { content, sha256 } };
}

/**
 * As GetDeployment shows a revision: the content of an AppSpec is never in it.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetDeployment.html
 */
export function withoutContent(revision: RevisionLocation): RevisionLocation {
  const { appSpecContent, ...rest } = revision;
  if (appSpecContent === undefined) return revision;
  const { sha256 } = appSpecContent;
  return { ...rest, appSpecContent: { sha256 } };
}
