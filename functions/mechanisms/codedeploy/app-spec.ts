import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Revision } from '../../../src/rollback/plan.ts';

/** A deployment to Lambda: it shifts an alias from one version to another. */
export interface Shift {
  readonly functionName: string;
  readonly alias: string;
  readonly current: string;
  readonly target: string;
}

/**
 * Reads the shift from an AppSpec, JSON or YAML; null if it has none. An AppSpec names one function, and contains each
 * of the four words once, so no parser is needed.
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

/**
 * Returns the text. AWS deprecates the type String for AppSpecContent; the user guide's page for Lambda still deploys
 * with it.
 */
function textOf({ appSpecContent, ...older }: RevisionLocation): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deployments still use it
  return appSpecContent?.content ?? older.string?.content ?? '';
}

function valueOf(content: string, property: string): string | undefined {
  return new RegExp(`(?:^|[\\s{,"'])${property}["']?\\s*:\\s*["']?([A-Za-z0-9_.:$-]+)`).exec(content)?.[1];
}

/**
 * Writes the AppSpec that shifts an alias. It has no hooks: the version passed its checks when it was new, and a check
 * that fails now would block the rollback.
 */
export function writeShift({ functionName, alias, current, target }: Shift): RevisionLocation {
  const Properties = { Name: functionName, Alias: alias, CurrentVersion: current, TargetVersion: target };
  const content = JSON.stringify({
    version: 0.0,
    Resources: [{ [functionName]: { Type: 'AWS::Lambda::Function', Properties } }],
  });
  return { revisionType: 'AppSpecContent', appSpecContent: { content } };
}

/** Returns the version of a function as a revision, whatever the AppSpec: `checkout:7` */
export function versionOf(functionName: string, version: string): Revision {
  const name = functionName.slice(functionName.lastIndexOf(':') + 1);
  return { id: `${functionName}:${version}`, name: `${name}:${version}` };
}

/** Returns the version in a revision id of this function; null for any other id. */
export function readVersion(id: string, functionName: string): string | null {
  const version = id.startsWith(`${functionName}:`) ? id.slice(functionName.length + 1) : '';
  return /^\d+$/.test(version) ? version : null;
}
