import { registerHooks } from 'node:module';

/** The texts of Lastgood that hold a brake, by the end of their file's path, and what takes it off. */
const BRAKES: readonly (readonly [file: string, before: string, after: string])[] = [
  ['/src/rollback/rules/storm.ts', 'export const MANY_OTHERS = 8;', 'export const MANY_OTHERS = Infinity;'],
  ['/src/rollback/clues/weights.ts', 'othersHurt: 1.88,', 'othersHurt: 0,'],
];

/**
 * Takes the judge's brakes off for a run where all may act: the alarms of others say nothing. Call it before anything of
 * Lastgood is loaded. It goes away with the parameter `storm`, which says the same to a deployment.
 */
export function takeBrakesOff(): void {
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const found = BRAKES.find(([file]) => url.endsWith(file));
      if (found === undefined) return loaded;
      const [file, before, after] = found;
      const text = Buffer.from(loaded.source as Uint8Array).toString('utf8');
      if (!text.includes(before)) throw new Error(`${file} has changed: see local/storm/brake.ts`);
      return { ...loaded, source: text.replace(before, after) };
    },
  });
}
