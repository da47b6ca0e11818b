import { check } from './check/check.ts';
import { incident } from './incident/incident.ts';
import type { Verb } from './verb.ts';

/** All verbs. Each has a folder of its name. */
export const VERBS: Readonly<Record<string, Verb>> = { check, incident };
