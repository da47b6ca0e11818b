import { WrongUse } from '../../command-line/status.ts';
import { readExecution, readPlaceOf, type Named } from '../execution.ts';
import type { Place } from '../place.ts';
import type { Given } from '../verb.ts';

/** Arguments of `incident`, validated. */
export interface Asked {
  readonly execution: Named;
  readonly place: Place;
  /** Absent: standard output. */
  readonly out?: string;
}

/** @throws WrongUse */
export function readArguments({
  args: [text = ''],
  options: { out },
  place,
}: Pick<Given, 'args' | 'options' | 'place'>): Asked {
  if (out === '') throw new WrongUse('--out names no file');
  const execution = readExecution(text);
  return {
    execution,
    place: readPlaceOf(execution, place),
    ...(typeof out === 'string' && { out }),
  };
}
