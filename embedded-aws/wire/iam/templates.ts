/*
 * The reference's placeholders: `arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}`,
 * `aws:ResourceTag/${TagKey}`.
 */

/**
 * Returns whether an ARN can be of the type. Some types have several templates, divided by commas: stages of REST APIs
 * and of HTTP APIs.
 */
export function isOfType(arn: string, templates: string): boolean {
  return templates.split(', ').some((template) => isOf(arn, template));
}

/**
 * Names contain slashes and colons only at the end, but for the log group of a log stream, whose name may contain
 * slashes.
 */
function isOf(arn: string, template: string): boolean {
  const beginning = template.replace(/\$\{[^}]*\}$/, '');
  const end = beginning === template ? '' : '.+';
  const name = beginning.includes('${LogGroupName}') ? '[^:]+' : '[^:/]+';
  return new RegExp(filled(beginning, name, end)).test(arn);
}

/** Returns the type's word with its final character: `cluster/`. Empty if a name comes first. */
export function typeWord(template: string): string {
  return /^(?:[^:]*:){5}([^$:/]+[:/])/.exec(template)?.[1] ?? '';
}

/** Returns whether a key matches; keys ignore case. */
export function isKey(key: string, template: string): boolean {
  return new RegExp(filled(template, '.+'), 'i').test(key);
}

function filled(template: string, placeholder: string, end = ''): string {
  const literals = template
    .split(/\$\{[^}]*\}/)
    .map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return `^${literals.join(placeholder)}${end}$`;
}
