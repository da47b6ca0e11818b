import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { invalid, notModelled } from '../errors.ts';
import { appSpecIn } from '../revisions.ts';

/** The target of a deployment to Lambda: shift an alias from one version to another. */
export interface Shift {
  readonly functionName: string;
  readonly alias: string;
  readonly current: string;
  readonly target: string;
}

/**
 * Reads the AppSpec of a deployment to Lambda, as JSON. AWS also accepts YAML; it is not modelled.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 * @throws AwsError InvalidRevisionException
 */
export function readShift(revision: RevisionLocation): Shift {
  const properties = propertiesIn(appSpecIn(revision)?.content ?? '');
  const shift = {
    functionName: properties['Name'] ?? '',
    alias: properties['Alias'] ?? '',
    current: properties['CurrentVersion'] ?? '',
    target: properties['TargetVersion'] ?? '',
  };
  if (Object.values(shift).includes(''))
    throw invalid('InvalidRevisionException', 'The AppSpec file is missing a property of its function.');
  return shift;
}

/** Returns the AppSpec that shifts an alias, as JSON: CreateDeployment accepts it. */
export function writeShift({ functionName, alias, current, target }: Shift): RevisionLocation {
  const Properties = { Name: functionName, Alias: alias, CurrentVersion: current, TargetVersion: target };
  const content = JSON.stringify({
    version: 0.0,
    Resources: [{ [functionName]: { Type: 'AWS::Lambda::Function', Properties } }],
  });
  return { revisionType: 'AppSpecContent', appSpecContent: { content } };
}

/** @throws AwsError InvalidRevisionException, also for hooks: a deployment here would not run them */
function propertiesIn(content: string): Readonly<Record<string, string>> {
  const { Resources = [], Hooks = [] } = parse(content);
  if (Hooks.length > 0) throw notModelled(['Hooks']);
  return Object.values(Resources[0] ?? {})[0]?.Properties ?? {};
}

function parse(content: string): AppSpec {
  try {
    return (JSON.parse(content) ?? {}) as AppSpec;
  } catch {
    throw invalid('InvalidRevisionException', 'The AppSpec file is not valid JSON.');
  }
}

interface AppSpec {
  readonly Resources?: readonly Readonly<Record<string, Resource>>[];
  readonly Hooks?: readonly unknown[];
}

interface Resource {
  readonly Properties?: Readonly<Record<string, string>>;
}
