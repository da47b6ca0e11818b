import type { Plannable } from './document.ts';
import type { Tags } from './plan.ts';
import { isAutomatic } from './request.ts';
import { readSettings } from './settings.ts';

/**
 * Says whether a plan may read what only people want to know, such as the changes between two versions. At the first look
 * under `lastgood=auto` a write may follow at once. A plan that is made again comes after a wait.
 */
export function isUnhurried({ request, verdict }: Plannable, tags: Tags): boolean {
  return !isAutomatic(request) || verdict !== undefined || readSettings(tags).mode !== 'auto';
}
