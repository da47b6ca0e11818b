import type { Import } from './graph.ts';

/**
 * Returns the circles of imports, each as its files in order: the last one imports the first. Returns one circle for
 * each knot.
 */
export function circlesIn(imports: readonly Import[]): readonly (readonly string[])[] {
  const graph = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const circles: (readonly string[])[] = [];

  function follow(file: string, trail: readonly string[]): void {
    const start = trail.indexOf(file);
    if (start >= 0) circles.push(trail.slice(start));
    if (start >= 0 || done.has(file)) return;
    for (const { to } of graph.get(file) ?? []) follow(to, [...trail, file]);
    done.add(file);
  }

  for (const file of graph.keys()) follow(file, []);
  return circles;
}
