/** The tag that names the targets of an alarm, a target group, a load balancer or a function, separated by spaces. */
export const TARGET_TAG = 'lastgood:target';

/**
 * Returns the key of a tag that was meant to be TARGET_TAG: AWS compares keys of tags by case, and keeps spaces. Null
 * without one.
 */
export function nearTargetTag(tags: Readonly<Record<string, string>>): string | null {
  const isNear = (key: string) => /^lastgoodtargets?$/.test(key.toLowerCase().replaceAll(/[\s:_./-]/g, ''));
  return Object.keys(tags).find((key) => key !== TARGET_TAG && isNear(key)) ?? null;
}
