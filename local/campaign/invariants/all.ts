import { atFault } from './at-fault.ts';
import { budgets } from './budgets.ts';
import { claims } from './claims.ts';
import { consent } from './consent.ts';
import { evidence } from './evidence.ts';
import { hygiene } from './hygiene.ts';
import type { Invariant } from './invariant.ts';
import { statements } from './statements.ts';
import { judgement } from './judgement.ts';
import { ledger } from './ledger.ts';
import { truth } from './truth.ts';
import { wayBack } from './way-back.ts';

export const INVARIANTS: readonly Invariant[] = [
  ...consent,
  ...claims,
  ...judgement,
  ...wayBack,
  ...atFault,
  ...truth,
  ...statements,
  ...evidence,
  ...ledger,
  ...budgets,
  ...hygiene,
];
