import type { Tags } from './plan.ts';

const VALUES = ['auto', 'approve', 'observe'];

/**
 * Returns the key of a tag that was meant to opt in: AWS compares keys of tags by case, and keeps spaces. Null without
 * one.
 */
export function nearMissOf(tags: Tags): string | null {
  const found = Object.entries(tags).find(
    ([key, value]) =>
      key !== 'lastgood' && plain(key) === 'lastgood' && VALUES.includes(value.trim().toLowerCase()),
  );
  return found?.[0] ?? null;
}

/** Also reads `last-good`, `last_good` and `Last Good`. */
function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[\s_-]/g, '');
}
