import { remembered } from '../../remembered.ts';
import type { Behaviour } from '../../seams.ts';

/** Returns the behaviour of a container of this age: the same object throughout one stage, as the traffic compares. */
export function atAge(behaviour: Behaviour, seconds: number): Behaviour {
  const { later = [] } = behaviour;
  const stage = later.findLastIndex(({ fromSeconds }) => seconds >= fromSeconds);
  return stage < 0 ? behaviour : (stagesOf(behaviour)[stage] ?? behaviour);
}

const stagesOf = remembered((behaviour: Behaviour): readonly Behaviour[] =>
  (behaviour.later ?? []).map(({ fromSeconds: _, ...change }) => ({ ...behaviour, ...change })),
);
