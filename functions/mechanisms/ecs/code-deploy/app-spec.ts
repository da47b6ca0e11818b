import type { RevisionLocation } from '@aws-sdk/client-codedeploy';

/**
 * Matches the line of an AppSpec file for ECS that names the task definition, in YAML or JSON.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
const TASK_DEFINITION = /(["']?TaskDefinition["']?\s*:\s*["']?)(arn:[^\s"',}]+)/;

/** Returns the ARN of the task definition that it deploys; null: it names none by ARN. */
export function taskDefinitionIn(appSpec: string): string | null {
  return TASK_DEFINITION.exec(appSpec)?.[2] ?? null;
}

/** Returns the same file with another task definition. Container, port and everything else stay. */
export function withTaskDefinition(appSpec: string, taskDefinition: string): string {
  return appSpec.replace(TASK_DEFINITION, (_, key: string) => `${key}${taskDefinition}`);
}

export function toLocation(content: string): RevisionLocation {
  return { revisionType: 'AppSpecContent', appSpecContent: { content } };
}
