/** Shows the buttons that copy, where a script runs. Without one the page is complete, and has no dead buttons. */
export const SCRIPT = `
for (const pre of document.querySelectorAll('pre.command')) {
  const button = document.createElement('button');
  button.type = 'button'; button.className = 'copy'; button.textContent = 'Copy';
  pre.before(button); button.copies = pre;
}
for (const button of document.querySelectorAll('button.copy')) {
  const text = button.copies || document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener('click', async () => {
    try { await navigator.clipboard.writeText(text.textContent); button.textContent = 'Copied'; }
    catch {
      const range = document.createRange(); range.selectNodeContents(text);
      const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range);
      button.textContent = 'Selected: press Ctrl+C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 3000);
  });
}
`;
