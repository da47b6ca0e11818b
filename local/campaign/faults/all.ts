import { alarms } from './alarms.ts';
import { calls } from './calls.ts';
import { events } from './events.ts';
import type { Fault } from './fault.ts';
import { functions } from './functions.ts';
import { lastgood } from './lastgood.ts';
import { measurements } from './measurements.ts';
import { rates } from './rates.ts';
import { stores } from './stores.ts';
import { target } from './target.ts';

export const FAULTS: readonly Fault[] = [
  ...[...calls, ...rates, ...stores, ...events, ...functions],
  ...[...measurements, ...alarms, ...target, ...lastgood],
];
