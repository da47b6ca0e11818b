/** Whether nobody could read a word of it: spaces, controls, and characters that show nothing. */
export function isBlank(text: string): boolean {
  return /^[\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}
