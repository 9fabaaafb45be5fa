// Milliseconds from a click on 'Run again' until the script is done, the board has changed and is painted.
(done) => new Promise((resolve) => {
  const button = [...document.querySelectorAll('button')].find((b) => b.textContent.includes('Run again'));
  const app = document.querySelector('[data-testid=stApp]');
  const root = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.map')).shadowRoot;
  let changed = 0;
  const watch = new MutationObserver(() => { changed += 1; });
  watch.observe(root, { subtree: true, childList: true, attributes: true });
  const started = performance.now();
  const look = () => {
    if (changed && app.dataset.testScriptState === 'notRunning') {
      watch.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
    } else setTimeout(look, 2);
  };
  button.click();
  look();
})
