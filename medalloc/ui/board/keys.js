// Picking a tile, and the keyboard: one tab stop, arrows by place on the screen. Belongs to board.js.

function press(board, element) {
  if (!element) return;
  if (element.dataset.ward !== undefined) return toggle(`ward ${element.dataset.ward}`);
  mark(board, { bed: element.dataset.bed });
  board.pick(element.dataset.bed, element.tile.patient_id || "");
}

function stops(board) {
  return [...board.map.querySelectorAll("button")].filter((element) => !element.closest("[hidden]"));
}

// One tab stop for the whole board: the button that was last in focus.
function setStop(board, element) {
  if (!element || element === board.stop) return;
  if (board.stop) board.stop.tabIndex = -1;
  element.tabIndex = 0;
  board.stop = element;
}

function key(board, event) {
  if (event.altKey || event.metaKey) return;
  const here = event.target.closest("button");
  const next = here && target(board, here, event.key, event.ctrlKey);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function target(board, here, name, ctrl) {
  const all = stops(board);
  const tiles = all.filter((element) => element.dataset.bed !== undefined);
  const ward = here.closest("section");
  const within = ctrl ? tiles : tiles.filter((element) => element.closest("section") === ward);
  switch (name) {
    case "Home": return within[0];
    case "End": return within[within.length - 1];
    case "PageDown": return wardTarget(board, ward, 1);
    case "PageUp": return wardTarget(board, ward, -1);
    case "ArrowRight": return all[all.indexOf(here) + 1];
    case "ArrowLeft": return all[all.indexOf(here) - 1];
    case "ArrowDown": return nearest(board, all, here, 1);
    case "ArrowUp": return nearest(board, all, here, -1);
    default: return null;
  }
}

function wardTarget(board, ward, step) {
  const sections = [...board.map.children];
  const next = sections[sections.indexOf(ward) + step];
  return next && (next.querySelector(".bays:not([hidden]) .tile") || next.querySelector(".head"));
}

// The closest button below (1) or above (-1): rows count before columns. A head line, which is as wide as its ward,
// passes on the column of the tile that one came from.
function nearest(board, all, here, direction) {
  const from = here.getBoundingClientRect();
  if (here.dataset.bed !== undefined) board.column = from.left;
  const column = board.column ?? from.left;
  let best = null;
  let least = Infinity;
  for (const element of all) {
    const box = element.getBoundingClientRect();
    const down = direction > 0 ? box.top - from.bottom : from.top - box.bottom;
    if (element === here || down < -1) continue;
    const aside = Math.max(0, box.left - from.right, from.left - box.right);
    const cost = down + 3 * aside + 0.01 * Math.abs(box.left - column);
    if (cost < least) [best, least] = [element, cost];
  }
  return best;
}
