import type { ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';

/** A version of a launch template. */
export interface LaunchVersion {
  /** Id of the template. */
  readonly id: string;
  readonly data: ResponseLaunchTemplateData;
}

/** A reference to a launch template, by id or name. */
export interface TemplateKey {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

/** What the services of the world know of the resources that a request names. */
export interface Facts {
  /** Returns the task role and the execution role of a task definition, as registered. */
  taskRoles(taskDefinition: string): readonly string[];
  /** Returns a version of a launch template; null if there is none. */
  launchVersion(template: TemplateKey, version: string | undefined): LaunchVersion | null;
  /** Returns a deployment group; one that does not exist has no tags and no configuration. */
  deploymentGroup(application: string, group: string): DeploymentGroupFacts;
}

export interface DeploymentGroupFacts {
  readonly deploymentConfigName?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly applicationTags: Readonly<Record<string, string>>;
}
