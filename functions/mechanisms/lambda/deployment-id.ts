import { textOf, type Configuration } from './configuration.ts';
import type { Alias } from './lambda.ts';

/**
 * Lambda knows no deployments of an alias. What stands for one is what the alias was changed to, with the revision id
 * that tells this change from an earlier one to the same: `8@b75dcd81-…`.
 */
export function deploymentId(alias: Alias): string {
  return idOf(textOf(alias), alias);
}

/** Of the change that pointed an alias at one version, whatever weights Lambda has set for the time being. */
export function pointedId(alias: Alias): string {
  return idOf(alias.version, alias);
}

/** The configuration in such an id, as text. */
export function textIn(deployment: string): string {
  return deployment.split('@')[0] ?? '';
}

/** Whether a deployment left the alias as it is now. */
export function isStill(deployment: string, configuration: Configuration): boolean {
  return textIn(deployment) === textOf(configuration);
}

function idOf(text: string, { revisionId }: Alias): string {
  return `${text}@${revisionId}`;
}
