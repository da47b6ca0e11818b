import { placeOf } from '@lastgood/embedded-aws/world/cloudwatch/desk.ts';
import type { Ground } from './ground.ts';
import { PLANTERS } from './kinds/kinds.ts';
import { countsOf, type Mix } from './mix.ts';
import { KINDS, type Kind, type Planting, type Subject } from './subject.ts';
import { alarmNamed, placeInMinute } from './turns.ts';

export type Plot = Pick<Planting, 'size' | 'checkSeconds' | 'tags'> & {
  readonly mix: Mix;
  /** When each target's alarm will turn, in milliseconds after the first one. One target for each. */
  readonly offsets: readonly number[];
};

/** Creates the targets with their first release, their users and their alarms. */
export function plant(ground: Ground, { mix, offsets, ...common }: Plot): readonly Subject[] {
  const counts = countsOf(mix, offsets.length);
  const kinds = KINDS.flatMap((kind) => Array<typeof kind>(counts.get(kind) ?? 0).fill(kind));
  const { random } = ground.world;
  const phaseOf = (name: string) => placeOf(name, 60_000, random);
  const planters = new Map<Kind, (planting: Planting) => Subject>();
  return kinds.map((kind, place) => {
    const planted = planters.get(kind) ?? PLANTERS[kind].on(ground);
    planters.set(kind, planted);
    const number = String(place + 1).padStart(5, '0');
    const alarm = alarmNamed(`${kind}-${number}-errors`, placeInMinute(offsets[place] ?? 0), phaseOf);
    return planted({ ...common, number, alarm });
  });
}
