/**
 * Returns the notes of a version: its section of the changelog, or the unreleased changes if it has none yet.
 * @throws Error if the changelog has neither
 */
export function notesOf(changelog: string, version: string): string {
  const section = sectionOf(changelog, version) ?? sectionOf(changelog, 'Unreleased');
  if (section === null)
    throw new Error(`CHANGELOG.md has no section ${version}, and none of unreleased changes`);
  return `# Lastgood ${version}\n\n${section.trim()}\n`;
}

function sectionOf(changelog: string, title: string): string | null {
  const sections = changelog.split(/^## /m).slice(1);
  const found = sections.find(
    (one) => (one.split('\n')[0] ?? '').replace(/^\[|\].*$/g, '').split(' ')[0] === title,
  );
  return found === undefined ? null : found.slice(found.indexOf('\n'));
}
