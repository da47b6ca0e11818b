import { textOf, type Configuration } from './configuration.ts';
import type { Alias } from './lambda.ts';

/**
 * Returns an id for the alias's last change, because Lambda has no deployments of aliases: `8@b75dcd81-…`. The first
 * part is the new configuration. The revision id distinguishes this change from earlier ones to the same configuration.
 * Unknown: alias-revision-id.
 */
export function deploymentId(alias: Alias): string {
  return idOf(textOf(alias), alias);
}

/**
 * Returns the id of the change that pointed an alias at one version, and ignores the weights that Lambda sets natively.
 */
export function pointedId(alias: Alias): string {
  return idOf(alias.version, alias);
}

/** Returns the configuration in such an id, as text. */
export function textIn(deployment: string): string {
  return deployment.split('@')[0] ?? '';
}

/** Returns whether a deployment left the alias in this configuration. */
export function isStill(deployment: string, configuration: Configuration): boolean {
  return textIn(deployment) === textOf(configuration);
}

function idOf(text: string, { revisionId }: Alias): string {
  return `${text}@${revisionId}`;
}
