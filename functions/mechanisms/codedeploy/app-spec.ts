import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Revision } from '../../../src/rollback/plan.ts';

/** What a deployment to Lambda does: an alias is shifted from one version to another. */
export interface Shift {
  readonly functionName: string;
  readonly alias: string;
  readonly current: string;
  readonly target: string;
}

/**
 * Reads the shift out of an AppSpec, JSON or YAML; null when it is none. An AppSpec names one function, and each of the
 * four words stands in it once, so no parser is needed.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
export function readShift(revision: RevisionLocation): Shift | null {
  const content = textOf(revision);
  const [functionName, alias, current, target] = ['Name', 'Alias', 'CurrentVersion', 'TargetVersion'].map(
    (property) => valueOf(content, property),
  );
  if (!functionName || !alias || !current || !target) return null;
  return { functionName, alias, current, target };
}

/** The type String is deprecated in favour of AppSpecContent; the user guide's page for Lambda still deploys with it. */
function textOf({ appSpecContent, ...older }: RevisionLocation): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is still deployed like this is read all the same
  return appSpecContent?.content ?? older.string?.content ?? '';
}

function valueOf(content: string, property: string): string | undefined {
  return new RegExp(`(?:^|[\\s{,"'])${property}["']?\\s*:\\s*["']?([A-Za-z0-9_.:$-]+)`).exec(content)?.[1];
}

/**
 * The AppSpec that shifts an alias. It has no hooks: the version passed its checks when it was new, and a check that
 * fails now would keep it out.
 */
export function writeShift({ functionName, alias, current, target }: Shift): RevisionLocation {
  const Properties = { Name: functionName, Alias: alias, CurrentVersion: current, TargetVersion: target };
  const content = JSON.stringify({
    version: 0.0,
    Resources: [{ [functionName]: { Type: 'AWS::Lambda::Function', Properties } }],
  });
  return { revisionType: 'AppSpecContent', appSpecContent: { content } };
}

/** A version of a function is the revision, whichever AppSpec brings it. `checkout:7` */
export function versionOf(functionName: string, version: string): Revision {
  const name = functionName.slice(functionName.lastIndexOf(':') + 1);
  return { id: `${functionName}:${version}`, name: `${name}:${version}` };
}

/** The version behind the id of a revision of this function; null when it is none. */
export function readVersion(id: string, functionName: string): string | null {
  const version = id.startsWith(`${functionName}:`) ? id.slice(functionName.length + 1) : '';
  return /^\d+$/.test(version) ? version : null;
}
