import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Reports } from '../../../src/ledger/reports.ts';
import { blameOf, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { deploymentsOf } from './deployments.ts';
import type { ReadRegistration, Registration } from './registration.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly registration: Registration;
  readonly entries: readonly Entry[];
  /** Newest first; empty: no deployment was reported. */
  readonly recent: readonly Deployment[];
  readonly blame: Blame | null;
}

export interface Reading {
  readonly registration: ReadRegistration;
  readonly reports: Pick<Reports, 'of'>;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** @throws UnsupportedTarget without a registration */
export async function survey(
  rollback: Plannable,
  { registration: read, reports, ledger }: Reading,
): Promise<Survey> {
  const { target } = rollback.request;
  const [registration, all, entries] = await Promise.all([
    read(target),
    reports.of(target),
    ledger.entries(target),
  ]);
  const recent = deploymentsOf(all, registration.sources, entries);
  return { registration, entries, recent, blame: blameOf(recent, rollback) };
}
