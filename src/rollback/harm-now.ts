import { sawHarm } from './clues/present.ts';
import type { Scene } from './clues/scene.ts';
import { strengthOf } from './clues/weigh.ts';
import type { Facts } from './facts.ts';

/** How the harm is now. Only the alarm and the measurements that showed the harm can show its end. */
export type HarmNow = 'ended' | 'goes-on' | 'unknown';

export function harmNow(facts: Facts, scene: Scene | null): HarmNow {
  const { alarm } = facts;
  if (alarm?.known === true && alarm.is.state === 'OK') return 'ended';
  if (scene !== null && strengthOf('isWellAgain', scene) >= 1 && sawHarm(scene)) return 'ended';
  return alarm?.known === true && alarm.is.state === 'ALARM' ? 'goes-on' : 'unknown';
}
