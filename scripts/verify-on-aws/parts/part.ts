import type { Clients } from '../clients.ts';
import type { Resources } from '../cloudformation.ts';
import type { Users, Wait } from '../ground.ts';
import type { Priced } from '../prices.ts';

/** Outputs of the stack, by their keys. */
export type Outputs = (key: string) => string;

/** Resources that several parts share. */
export type Shared = 'balancer' | 'cluster';

/** A stack of one part. */
export interface OwnStack {
  /** The tags of the stack, which its resources get too. */
  readonly tags: Readonly<Record<string, string>>;
  /** Parameters of its template. All have defaults. */
  readonly parameters: Readonly<Record<string, object>>;
}

/** One part of the throw-away stack: a target of Lastgood with its alarm. */
export interface Part {
  readonly name: string;
  /** One line. */
  readonly shows: string;
  readonly shares: readonly Shared[];
  /** Set where its resources are in a stack of their own, whose updates are the releases. */
  readonly ownStack?: OwnStack;
  readonly resources: Resources;
  /** Values that the program reads, by key. */
  readonly outputs: Readonly<Record<string, object>>;
  readonly alarm: string;
  /** What it costs by the hour. */
  readonly priced: readonly Priced[];
  target(outputs: Outputs): string;
  /** The users for whom the program sends requests. Absent: the stack has clients of its own. */
  users?(outputs: Outputs): Users;
  /** Does what a template cannot. */
  prepare?(clients: Clients, outputs: Outputs, wait: Wait): Promise<void>;
  /** Makes the bad release, as a pipeline would. */
  release(clients: Clients, outputs: Outputs, wait: Wait): Promise<void>;
  /** Plays another system. Called at every look while the part's release and rollback run. */
  attend?(clients: Clients, outputs: Outputs): Promise<void>;
  /** Ends what keeps the stack from being deleted. A failure is ignored: there may be nothing to end. */
  halt?(clients: Clients, outputs: Outputs, wait: Wait): Promise<void>;
  /** Lastgood acts on this kind only where a person asks: the program asks after the release. */
  readonly isRequested?: true;
}
