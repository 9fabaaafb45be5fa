// The lowest WCAG contrast of each kind of text of the board, on every colour and stripe behind it.
() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const fills = (element) => {
    const style = getComputedStyle(element);
    const stripes = style.backgroundImage.match(/(rgba?|color)\([^)]*\)/g) || [];
    const seen = [style.backgroundColor, ...stripes].map(rgba).filter((colour) => colour[3] === 255);
    return seen.length || !element.parentElement ? seen : fills(element.parentElement);
  };
  const root = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.map')).shadowRoot;
  const found = {};
  for (const element of root.querySelectorAll('.board *')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const name = element.className + ' in ' + element.parentElement.className;
    for (const fill of fills(element)) found[name] = Math.min(found[name] ?? 99, ratio(rgba(getComputedStyle(element).color), fill));
  }
  return found;
}
