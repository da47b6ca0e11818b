import type { Troubled } from '@lastgood/embedded-aws/wire/calls.ts';
import type { People } from '../slack/people.ts';
import type { Stage } from '../scenarios/stage.ts';
import type { Ground, Shares, Subject } from './ground.ts';
import type { Neighbours } from './neighbours.ts';
import type { Releases } from './releases.ts';
import type { Arguments, Story } from './story.ts';

/** Who did something to the target or to AWS. */
export type Actor = 'pipeline' | 'person' | 'world' | 'fault';

/** One thing that the story did. */
export interface Entry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: Actor;
  /** Name of the act or fault. */
  readonly what: string;
  /** What it was given. */
  readonly given?: Arguments;
  /** The release that it deployed. */
  readonly release?: string;
  /** Why AWS refused it. */
  readonly refused?: string;
  /** When a fault ended, in milliseconds since the epoch. */
  until?: number;
}

/** The AWS tags of the target from an instant (milliseconds since the epoch) on. */
export interface Tagged {
  readonly at: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the target was set to run, tasks or instances, in a time in which that stayed the same. */
export interface Capacity {
  /** When it was seen first and last, in milliseconds since the epoch. */
  readonly at: number;
  seenAt: number;
  readonly count: number;
}

/** The division of the traffic directly before and after a write of Lastgood. */
export interface Move {
  /** The call as it is kept. */
  readonly call: Troubled;
  readonly before: Shares;
  after: Shares;
}

/** A time in which users hurt, in milliseconds since the epoch. */
export interface Harm {
  readonly from: number;
  /** Null while it lasts. */
  to: number | null;
}

/** A story while it is played, and afterwards: what acts and faults use, and what invariants judge. */
export interface Night {
  readonly story: Story;
  readonly ground: Ground;
  readonly stage: Stage;
  readonly subject: Subject;
  /** The members of the Slack workspace. */
  readonly people: People;
  readonly releases: Releases;
  /** Other targets, where the story has some. */
  readonly neighbours: Neighbours | null;
  /** What the story did, in order. */
  readonly diary: Entry[];
  /** The tags that the story gave the target, oldest first. */
  readonly tagged: readonly Tagged[];
  /** Its capacity, oldest first; empty for a kind that has none. */
  readonly capacity: readonly Capacity[];
  /** What the writes of Lastgood did to the division of the traffic; empty where it is not known. */
  readonly moves: readonly Move[];
  /** The times in which users hurt, as the traffic measures it, oldest first. */
  readonly harm: Harm[];
}
