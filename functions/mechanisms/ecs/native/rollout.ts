import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { Meter } from '../../../../src/rollback/plan.ts';
import type { Blame, Recent } from '../blame.ts';
import type { Candidate } from '../candidate.ts';
import type { Condemned } from '../condemned.ts';
import type { Contents } from '../content.ts';
import type { ServiceDeployment, ServiceRevision } from '../ecs.ts';
import type { Standing } from './standing.ts';

/** The last deployments, and the candidates to replace the newest. */
export interface Rollout {
  readonly newest: ServiceDeployment;
  readonly standing: Standing;
  /** The revision `standing.from`, which runs now or is being rolled out. */
  readonly running: ServiceRevision;
  /** Newest first. */
  readonly recent: Recent;
  readonly blame: Blame;
  /** Best first, without those that first appeared together with the suspect or after it. */
  readonly candidates: readonly Candidate[];
  readonly revisions: ReadonlyMap<string, ServiceRevision>;
  /** Says whether ECS was asked for a revision. */
  readonly wasRead: (id: string) => boolean;
  readonly entries: readonly Entry[];
  readonly contents: Contents;
  /** The revisions with condemned content. */
  readonly condemned: Condemned;
  readonly meters: readonly Meter[];
}
