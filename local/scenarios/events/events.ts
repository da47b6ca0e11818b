import type { Scenario } from '../scenario.ts';
import { forgedDocuments } from './forged.ts';
import { freezes } from './freezes.ts';
import { requests } from './requests.ts';
import { steps } from './steps.ts';

export const eventScenarios: readonly Scenario[] = [...steps, ...requests, ...freezes, ...forgedDocuments];
