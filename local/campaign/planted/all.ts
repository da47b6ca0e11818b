import type { Plant } from './plant.ts';
import { consent } from './plants/consent.ts';
import { deployments } from './plants/deployments.ts';
import { events } from './plants/events.ts';
import { facts } from './plants/facts.ts';
import { health } from './plants/health.ts';
import { judgement } from './plants/judgement.ts';
import { ledger } from './plants/ledger.ts';
import { lookout } from './plants/lookout.ts';
import { machine } from './plants/machine.ts';
import { mechanisms } from './plants/mechanisms.ts';
import { permissions } from './plants/permissions.ts';
import { rules } from './plants/rules.ts';
import { sweep } from './plants/sweep.ts';
import { traffic } from './plants/traffic.ts';

export const PLANTS: readonly Plant[] = [
  ...[...judgement, ...rules, ...facts, ...consent],
  ...[...health, ...ledger, ...lookout],
  ...[...mechanisms, ...deployments, ...traffic],
  ...[...events, ...sweep, ...machine, ...permissions],
];
