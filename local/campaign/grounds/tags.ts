/** Returns the keys of a resource's tags that Lastgood reads. */
export function lastgoodKeys(tags: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(tags).filter((key) => key.startsWith('lastgood'));
}
