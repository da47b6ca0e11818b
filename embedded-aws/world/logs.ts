import type { Surroundings } from './aws.ts';
import type { LogWriter } from './seams.ts';

/** A line that an application logged. */
export interface WrittenLine {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
}

/** The log groups of applications. The API that reads them is the runtime's, which adds those of its functions. */
export interface AppLogs extends LogWriter {
  /** Stands in for CreateLogGroup. */
  createGroup(group: string): void;
  /** Deletes a group with its lines. */
  deleteGroup(group: string): void;
  readonly groups: () => readonly string[];
  readonly lines: readonly WrittenLine[];
}

/** A line can be read at once. AWS documents no time between PutLogEvents and the first read that shows it. */
export function createLogs({ clock }: Pick<Surroundings, 'clock'>): AppLogs {
  const groups = new Set<string>();
  const lines: WrittenLine[] = [];
  return {
    createGroup: (group) => void groups.add(group),
    deleteGroup: (group) => {
      groups.delete(group);
      lines.splice(0, lines.length, ...lines.filter((line) => line.group !== group));
    },
    hasGroup: (group) => groups.has(group),
    write: (group, stream, message) => {
      groups.add(group);
      lines.push({ group, stream, at: clock.now(), message });
    },
    groups: () => [...groups],
    lines,
  };
}
