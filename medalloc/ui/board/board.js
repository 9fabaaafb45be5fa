// The bed board. Draws wards, bays and tiles from `data` and says which tile was picked.
// Text reaches the page through textContent alone. A tile that has not changed is not touched,
// so the keyboard focus and the reader's place survive every rerun.

const SHUT_STORE = "medalloc.board.shut";
const LEGEND = "legend";
const FOLD_EVENT = "medalloc-board-fold";
const SCROLL_EVENT = "medalloc-board-scroll";
const boards = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let board = boards.get(parentElement);
  if (!board) {
    board = start(parentElement.querySelector(".board"));
    boards.set(parentElement, board);
  }
  board.pick = (bed, patient) => setTriggerValue("pick", { bed, patient });
  draw(board, data);
  return () => {
    window.removeEventListener(FOLD_EVENT, board.onFold);
    window.removeEventListener(SCROLL_EVENT, board.onScroll);
    boards.delete(parentElement);
  };
}

function start(root) {
  const board = { root, tiles: new Map(), wards: new Map(), shape: "", stop: null, marked: [], query: "" };
  board.tools = add(root, "div", "tools");
  board.title = add(board.tools, "span", "title");
  board.find = add(board.tools, "input", "find");
  board.find.type = "search";
  board.found = add(board.tools, "span", "found");
  board.found.setAttribute("role", "status");
  board.keys = add(board.tools, "span", "keys");
  board.keys.id = "keys";
  board.map = add(root, "div", "map");
  board.map.setAttribute("role", "group");
  board.map.setAttribute("aria-describedby", "keys");
  board.legend = add(root, "details", "legend");
  board.summary = add(board.legend, "summary");
  board.signs = add(board.legend, "ul");
  board.find.oninput = () => search(board, true);
  board.find.onkeydown = (event) => {
    if (event.key === "Enter") board.map.querySelector(".hit")?.focus();
  };
  board.map.onclick = (event) => press(board, event.target.closest("button"));
  board.map.onkeydown = (event) => key(board, event);
  board.map.addEventListener("focusin", (event) => setStop(board, event.target.closest("button")));
  board.map.onmouseover = (event) => explain(board, event.target.closest(".tile"));
  board.summary.onclick = (event) => {
    event.preventDefault();
    toggle(LEGEND);
  };
  board.map.onscroll = () => tell(SCROLL_EVENT, { shape: board.shape, top: board.map.scrollTop });
  board.onFold = () => fold(board);
  board.onScroll = ({ detail }) => follow(board, detail);
  window.addEventListener(FOLD_EVENT, board.onFold);
  window.addEventListener(SCROLL_EVENT, board.onScroll);
  return board;
}

function add(parent, tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

// ---------------------------------------------------------------- drawing

function draw(board, data) {
  board.texts = data.board.texts;
  frame(board, data);
  const wards = data.board.wards || [];
  const shape = JSON.stringify(wards.map((w) => [w.ward_id, (w.bays || []).map((b) => (b.tiles || []).map((t) => t.bed_id))]));
  if (shape !== board.shape) build(board, wards);
  board.shape = shape;
  for (const ward of wards) updateWard(board, ward);
  mark(board, data.selected || {});
  fold(board);
  search(board);
  if (!board.stop || !board.stop.isConnected) setStop(board, board.marked[0] || stops(board)[0]);
}

function frame(board, data) {
  const { texts, title } = data.board;
  const name = `${texts.board}: ${title}`;
  board.map.setAttribute("aria-label", name);
  board.find.placeholder = texts.find;
  board.find.setAttribute("aria-label", `${texts.find} (${title})`);
  board.title.textContent = title;
  board.keys.textContent = texts.keys;
  board.summary.textContent = texts.legend;
  board.map.style.maxHeight = data.height ? `${data.height}px` : "";
  board.map.classList.toggle("scrolls", Boolean(data.height));
  board.map.classList.toggle("named", Boolean(data.board.named));
  board.map.classList.toggle("later", Boolean(data.board.later));
  const legend = JSON.stringify(data.board.legend);
  if (legend === board.legendDrawn) return;
  board.legendDrawn = legend;
  board.signs.replaceChildren();
  for (const entry of data.board.legend) {
    const item = add(board.signs, "li");
    add(item, "span", `sign ${entry.kind} ${entry.code}`, entry.sign);
    add(item, "span", "", entry.words);
  }
}

// Makes the elements of a changed house; those of beds that are still there are kept, with their focus.
function build(board, wards) {
  const focused = board.map.getRootNode().activeElement;
  const kept = board.tiles;
  board.tiles = new Map();
  board.wards = new Map();
  board.map.replaceChildren();
  wards.forEach((ward, index) => {
    const section = add(board.map, "section", "ward");
    const head = add(add(section, "h3"), "button", "head");
    const bays = add(section, "div", "bays");
    head.type = "button";
    head.tabIndex = -1;
    head.dataset.ward = ward.ward_id;
    bays.id = `bays-${index}`;
    head.setAttribute("aria-controls", bays.id);
    const parts = (ward.bays || []).map((bay) => buildBay(board, bays, bay, kept));
    board.wards.set(ward.ward_id, { section, head, bays, parts, drawn: "" });
  });
  if (focused && focused.isConnected) focused.focus();
}

function buildBay(board, parent, bay, kept) {
  const group = add(parent, "div", "bay");
  group.setAttribute("role", "group");
  const head = add(group, "div", "bayhead");
  head.setAttribute("aria-hidden", "true");
  const beds = add(group, "div", "beds");
  for (const tile of bay.tiles || []) {
    const element = kept.get(tile.bed_id) || document.createElement("button");
    element.type = "button";
    element.tabIndex = -1;
    element.dataset.bed = tile.bed_id;
    element.setAttribute("aria-pressed", "false");
    beds.appendChild(element);
    board.tiles.set(tile.bed_id, element);
  }
  return { group, head, drawn: "" };
}

function updateWard(board, ward) {
  const place = board.wards.get(ward.ward_id);
  const drawn = JSON.stringify([ward.name, ward.count, ward.share, ward.facts]);
  if (drawn !== place.drawn) {
    place.drawn = drawn;
    place.head.replaceChildren();
    add(place.head, "span", "caret").setAttribute("aria-hidden", "true");
    add(place.head, "span", "name", ward.name);
    const bar = add(place.head, "span", "bar");
    bar.setAttribute("aria-hidden", "true");
    add(bar, "span").style.width = `${Math.min(100, Math.round(100 * (ward.share || 0)))}%`;
    add(place.head, "span", "count", ward.count);
    for (const fact of ward.facts || []) add(place.head, "span", fact.startsWith("!") ? "fact alarm" : "fact", fact);
  }
  (ward.bays || []).forEach((bay, index) => {
    updateBay(place.parts[index], bay);
    for (const tile of bay.tiles || []) updateTile(board.tiles.get(tile.bed_id), tile);
  });
}

function updateBay(place, bay) {
  const drawn = [bay.label, bay.sex, bay.single, bay.alarm, bay.name].join("\n");
  if (drawn === place.drawn) return;
  place.drawn = drawn;
  place.group.setAttribute("aria-label", bay.name);
  place.head.replaceChildren();
  add(place.head, "span", "baylabel", bay.label);
  if (bay.sex) add(place.head, "span", "sex", bay.sex);
  if (bay.single) add(place.head, "span", "single", bay.single);
  if (bay.alarm) add(place.head, "span", "alarm", `! ${bay.alarm}`);
}

function updateTile(element, tile) {
  const drawn = JSON.stringify(tile);
  if (drawn === element.drawn) return;
  element.drawn = drawn;
  element.tile = tile;
  element.className = `tile ${tile.state}${tile.breach ? " breached" : ""}`;
  element.setAttribute("aria-label", tile.lines.join("; "));
  element.removeAttribute("title");
  element.replaceChildren();
  const top = add(element, "span", "top");
  add(top, "span", "glyph", tile.glyph);
  add(top, "span", "label", tile.label);
  add(top, "span", "sex", tile.sex || "");
  if (tile.decision) add(top, "span", `decision ${tile.decision.kind}`, tile.decision.text);
  if (tile.breach) add(top, "span", "breach", "!");
  add(element, "span", "who", tile.who);
  const badges = add(element, "span", "badges");
  for (const badge of tile.badges || []) add(badges, "span", `badge ${badge.kind}`, badge.text);
  if (tile.move) add(element, "span", `move ${tile.move.kind}`, tile.move.text);
}

// Shows the picked bed, and from which bed to which the picked patient goes; a board that scrolls goes there once.
function mark(board, selected) {
  for (const element of board.marked) {
    element.classList.remove("picked", "from", "to");
    element.removeAttribute("data-end");
    element.setAttribute("aria-pressed", "false");
  }
  const moves = Boolean(selected.from && selected.to);
  const ends = [["from", moves && selected.from], ["to", selected.to], ["picked", selected.bed || (!selected.to && selected.from)]];
  board.marked = [];
  for (const [end, bed] of ends) {
    const element = bed && board.tiles.get(bed);
    if (!element) continue;
    element.classList.add(end);
    if (end !== "picked") element.dataset.end = board.texts[end];
    element.setAttribute("aria-pressed", "true");
    board.marked.push(element);
  }
  const shown = board.marked.map((element) => element.dataset.bed).join();
  if (shown !== board.shown && board.map.classList.contains("scrolls")) board.marked.forEach((element) => reveal(board, element));
  board.shown = shown;
}

function reveal(board, element) {
  const [box, frame] = [element.getBoundingClientRect(), board.map.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) board.map.scrollTop += box.top - frame.top - frame.height / 3;
}

function explain(board, element) {
  if (element && !element.title) element.title = element.tile.lines.join("\n");
}

// ---------------------------------------------------------------- finding and folding

// Marks what the words find; with `goes`, a board that scrolls goes to the first of them.
function search(board, goes = false) {
  const query = board.find.value.trim().toLowerCase();
  board.map.classList.toggle("searching", Boolean(query));
  let count = 0;
  for (const element of query || board.query ? board.tiles.values() : []) {
    const { bed_id, patient_id, who } = element.tile;
    const hit = Boolean(query) && [bed_id, patient_id, who].some((text) => (text || "").toLowerCase().includes(query));
    element.classList.toggle("hit", hit);
    count += hit;
  }
  board.query = query;
  const first = goes && board.map.querySelector(".hit");
  if (first && board.map.classList.contains("scrolls")) reveal(board, first);
  board.found.textContent = query ? board.texts.found.replace("{count}", count) : "";
}

// What is folded away is kept for this tab, and is the same for every board in it: the views stay beside one another.
function shut() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(SHUT_STORE) || "[]"));
  } catch {
    return new Set();
  }
}

function toggle(place) {
  const places = shut();
  if (!places.delete(place)) places.add(place);
  sessionStorage.setItem(SHUT_STORE, JSON.stringify([...places]));
  tell(FOLD_EVENT);
}

function tell(name, detail) {
  window.dispatchEvent(new CustomEvent(name, { detail }));
}

function fold(board) {
  const places = shut();
  for (const [ward, { section, head, bays }] of board.wards) {
    const folded = places.has(`ward ${ward}`);
    head.setAttribute("aria-expanded", String(!folded));
    bays.hidden = folded;
    section.classList.toggle("shut", folded);
  }
  board.legend.open = !places.has(LEGEND);
  if (board.stop && board.stop.closest("[hidden]")) setStop(board, board.stop.closest("section").querySelector(".head"));
}

// Two views of one house scroll as one.
function follow(board, { shape, top }) {
  if (shape === board.shape && Math.abs(board.map.scrollTop - top) > 1) board.map.scrollTop = top;
}
