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

/** The tags that Lastgood reads of targets, revisions and alarms, after `lastgood:`. `alarm` may have more after it. */
const NAMES: readonly string[] = [
  ...['alarm', 'alarms', 'approvals', 'cooldown', 'countdown', 'errors', 'gate', 'group', 'hold-transition'],
  ...['irreversible', 'logs', 'lookout', 'needs', 'pipeline', 'probe', 'prometheus', 'proof', 'rehearse'],
  ...['silence', 'soak', 'source', 'target', 'window', 'within'],
];

/** A tag that begins as those of Lastgood do, and that it does not read. */
export interface Unread {
  readonly key: string;
  /** The tag that was probably meant. Absent: none is like it. */
  readonly meant?: string;
}

/** Returns the tags that a person meant for Lastgood, and that have no effect: `lastgood:Window`, `lastgood-soak`. */
export function unreadTags(tags: Tags): readonly Unread[] {
  return Object.keys(tags).flatMap((key) => {
    const [, name] = /^last[\s_-]?good\s*[:._-](.*)$/i.exec(key) ?? [];
    if (name === undefined || isRead(key)) return [];
    const meant = NAMES.find((one) => plain(one) === plain(name));
    return [{ key, ...(meant !== undefined && { meant: `lastgood:${meant}` }) }];
  });
}

function isRead(key: string): boolean {
  return key.startsWith('lastgood:alarm:') || NAMES.some((name) => key === `lastgood:${name}`);
}

/** Also reads `last-good`, `last_good` and `Last Good`. */
function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[\s_-]/g, '');
}
