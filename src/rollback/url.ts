/**
 * Says why a text is no URL that Lastgood may call; null: it is one. Never quotes the text, which may hold a password.
 */
export function problemOfUrl(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\/[^/]/i.test(text) || !/^https?:$/.test(url.protocol))
    return 'must be an http or https URL';
  return url.username === '' && url.password === '' ? null : 'must have no user and no password';
}

/**
 * Says whether a text may hold a URL with a user, `https://user:secret@host/` or `https://token@host/`. A password may
 * have slashes and spaces, so an `@` anywhere after the beginning of a URL counts.
 */
export function mayHoldUser(text: string): boolean {
  return /(\/\/|https?:\/).*@|https?:[^/\s]*@/is.test(text);
}
