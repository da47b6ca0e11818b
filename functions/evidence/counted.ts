/** Merges equal lines and counts them, so that a hundred tasks with the same reason are one line. */
export function counted(lines: readonly string[]): readonly string[] {
  return [...Map.groupBy(lines, (line) => line)].map(([line, all]) => `${all.length} × ${line}`);
}
