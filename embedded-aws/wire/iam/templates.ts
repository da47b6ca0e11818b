/*
 * The reference writes what varies as placeholders: `arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}`,
 * `aws:ResourceTag/${TagKey}`.
 */

/** Whether an ARN can be of the type. Names have slashes and colons in them only where they are last. */
export function isOfType(arn: string, template: string): boolean {
  const beginning = template.replace(/\$\{[^}]*\}$/, '');
  const end = beginning === template ? '' : '.+';
  return new RegExp(filled(beginning, '[^:/]+', end)).test(arn);
}

/** The word for the type, with what ends it: `cluster/`. Empty where a name comes first. */
export function typeWord(template: string): string {
  return /^(?:[^:]*:){5}([^$:/]+[:/])/.exec(template)?.[1] ?? '';
}

/** Keys have no case. */
export function isKey(key: string, template: string): boolean {
  return new RegExp(filled(template, '.+'), 'i').test(key);
}

function filled(template: string, placeholder: string, end = ''): string {
  const literals = template
    .split(/\$\{[^}]*\}/)
    .map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return `^${literals.join(placeholder)}${end}$`;
}
