// A scenario that computes itself: reads what the app sent, and follows its inputs. Says so where it differs.
const SENT = JSON.parse(document.getElementById("sent").textContent);
const BOXES = [...document.querySelectorAll("[data-key]")];
const CLOSE = 1e-9;
const state = {};
const views = {};
let differs = false;
let opening = true;

const one = (id) => document.getElementById(id);
const asSent = () => ({
  world: SENT.world,
  year: SENT.year,
  values: Object.fromEntries(Object.entries(SENT.inputs).map(([key, input]) => [key, input.value])),
});

// As many cars at Canton as it can build, as the app counts them; and in words what did not fit.
function fitting(asked) {
  const values = {...asked}, notes = [], capacity = values.canton_capacity_kveh;
  for (const [key, whose, room] of [
    ["canton_base_kveh", "Nissan\u2019s own cars", () => capacity],
    ["canton_honda_trucks_kveh", "trucks for Honda", () => capacity - values.canton_base_kveh],
  ]) {
    if (values[key] <= room()) continue;
    notes.push(`Canton can build ${quantity(capacity, "kveh")}, so ${quantity(room(), "kveh")} are counted as ${whose}.`);
    values[key] = room();
  }
  return [values, notes];
}

function computed() {
  const [values, notes] = fitting(state.values), references = {}, reference = {};
  for (const [key, input] of Object.entries(SENT.inputs)) {
    references[`reference_${key}`] = input.reference;
    reference[key] = input.estimate ? values[key] : input.reference;
  }
  const given = {...SENT.facts, ...references}, chance = SENT.certain[state.world] ?? values[SENT.chance];
  const at = (share) => model({...given, ...values, [SENT.chance]: share});
  return {
    notes,
    chance,
    scenario: at(chance),
    reference: model({...given, ...reference}),
    done: chance > 0 && chance < 1 ? at(1) : null,
  };
}

const inFocus = (results, name) => (Array.isArray(results[name]) ? results[name][state.year] : results[name]);

// The steps from reference to scenario; what an alliance brings is told as if it is done, as on Overview.
function bridge({scenario, reference, done, chance}, company) {
  const profit = `operating_profit_jpy_bn.${company}`, steps = [];
  let missing = 0;
  for (const {name, label, alliance, last} of SENT.channels) {
    const now = inFocus(scenario, `${name}.${company}`);
    const told = done && alliance ? inFocus(done, `${name}.${company}`) : now;
    missing += now - told;
    steps.push([label, told]);
    if (done && last) steps.push([`Not delivered (${number(Number(fixed(100 * (1 - chance), 1)))}${NBSP}%)`, missing]);
  }
  return {from: inFocus(reference, profit), to: inFocus(scenario, profit), steps: steps.filter(([, effect]) => Math.abs(effect) > DUST)};
}

function bridgeMarks({from, to, steps}) {
  let level = from;
  const rows = [["Reference", from, 0, from, "total"]];
  for (const [label, effect] of steps) {
    rows.push([label, effect, level, level + effect, effect > 0 ? "gain" : "loss"]);
    level += effect;
  }
  rows.push(["Scenario", to, 0, to, "total"]);
  const spans = rows.map(([, , start, end, kind]) => [kind === "total" ? 0 : start - from, end - from]);
  const right = spans.map((span) => Math.max(...span));
  const room = 0.3 * (Math.max(...right, 0) - Math.min(...spans.flat(), 0));
  return rows.map(([step, effect, start, end, kind], n) => ({
    step,
    effect_jpy_bn: effect,
    from_jpy_bn: start,
    to_jpy_bn: end,
    kind,
    label: (kind === "total" ? quantity : signed)(effect, "JPY bn"),
    begins_jpy_bn: spans[n][0],
    ends_jpy_bn: spans[n][1],
    right_jpy_bn: right[n],
    room_jpy_bn: right[n] + room,
  }));
}

function profitMarks({scenario, reference}) {
  const last = SENT.years.length - 1;
  const atEnd = Object.keys(SENT.companies).map((company) => [scenario[`operating_profit_jpy_bn.${company}`][last], SENT.companies[company]]);
  const upper = atEnd.reduce((best, other) => (other[0] > best[0] ? other : best))[1];
  const rows = [];
  for (const [label, results] of [["Scenario", scenario], ["Reference", reference]]) {
    for (const [company, name] of Object.entries(SENT.companies)) {
      SENT.years.forEach((year, n) => {
        const ends = n === last && label === "Scenario";
        rows.push({
          company: name,
          case: label,
          fiscal_year: year,
          operating_profit_jpy_bn: results[`operating_profit_jpy_bn.${company}`][n],
          operating_margin_share: results[`operating_margin_share.${company}`][n],
          label_above: ends && name === upper ? name : "",
          label_below: ends && name !== upper ? name : "",
        });
      });
    }
  }
  return rows;
}

function same(found, expected) {
  if (typeof expected === "number") return Math.abs(found - expected) <= CLOSE * Math.max(1, Math.abs(expected));
  if (expected === null || typeof expected !== "object") return found === expected;
  const keys = Object.keys(expected);
  return keys.length === Object.keys(found).length && keys.every((key) => same(found[key], expected[key]));
}

// Writes a text; the first time it has to be the one that the app wrote.
function say(element, text) {
  if (opening && element.textContent !== text) differs = true;
  element.textContent = text;
}

function fill(id, rows) {
  const body = one(id).tBodies[0], text = (row) => [...row].join("\n");
  const there = [...body.rows].map((row) => text([...row.cells].map((cell) => cell.textContent)));
  if (opening && !same(there, rows.map(text))) differs = true;
  body.replaceChildren(...rows.map((row) => {
    const line = document.createElement("tr");
    row.forEach((words, n) => {
      const cell = document.createElement(n ? "td" : "th");
      if (!n) cell.scope = "row";
      cell.textContent = words;
      line.append(cell);
    });
    return line;
  }));
}

const profitRows = (marks) => Object.values(SENT.companies).flatMap((company) => ["Scenario", "Reference"].map((label) => [
  `${company}, ${label.toLowerCase()}`,
  ...marks.filter((row) => row.company === company && row.case === label).map((row) => quantity(row.operating_profit_jpy_bn, "JPY bn")),
]));

const changeRows = () => Object.entries(SENT.inputs)
  .filter(([key, input]) => state.values[key] !== input.reference)
  .map(([key, {label, reference, unit}]) => [label, quantity(reference, unit), quantity(state.values[key], unit)]);

function showCards({scenario, reference}) {
  for (const card of document.querySelectorAll("[data-result]")) {
    const [value, base] = [scenario, reference].map((results) => inFocus(results, card.dataset.result));
    const {unit, good} = card.dataset, change = changeWords(value - base, unit, "");
    say(card.querySelector(".value"), quantity(value, unit));
    say(card.querySelector(".change"), `${change ? `${change} against` : "same as reference,"} ${quantity(base, unit)}`);
    card.querySelector(".change").dataset.tone = !change || !good ? "" : (value > base) === (good === "more") ? "good" : "bad";
  }
}

const movedKeys = () => Object.keys(SENT.inputs).filter((key) => state.values[key] !== SENT.inputs[key].value);

// The link holds what differs from the preset, what is looked at, and the title of what was sent while it is that.
function link() {
  const edited = movedKeys().length > 0 || state.world !== SENT.world;
  const pairs = [["whole", "1"], ...SENT.head];
  if (state.world !== "weighted") pairs.push(["world", state.world]);
  for (const [key, input] of Object.entries(SENT.inputs)) {
    if (state.values[key] !== input.preset) pairs.push([key, String(state.values[key])]);
  }
  pairs.push(["year", SENT.years[state.year]]);
  if (SENT.title && !edited) pairs.push(["title", SENT.title]);
  return `${SENT.address}?${new URLSearchParams([...pairs, ["end", "1"]])}`;
}

const moves = () => movedKeys().length + (state.world !== SENT.world) + (state.year !== SENT.year);

function showInputs() {
  for (const box of BOXES) {
    const {key} = box.dataset, input = SENT.inputs[key], value = state.values[key];
    const [slider, typed] = ["range", "number"].map((type) => box.querySelector(`[type="${type}"]`));
    const scaled = String(Number((value * input.scale).toPrecision(12)));
    slider.value = value;
    slider.setAttribute("aria-valuetext", quantity(value, input.unit));
    if (document.activeElement !== typed || Number(typed.value) !== Number(scaled)) typed.value = scaled;
    box.classList.toggle("moved", value !== input.reference);
    const toTell = value !== input.value && input.value !== input.reference;
    box.querySelector(".sent").textContent = toTell ? `; sent: ${quantity(input.value, input.unit)}` : "";
    slider.disabled = typed.disabled = key === SENT.chance && state.world in SENT.certain;
  }
  one("world").value = state.world;
  one("year").value = state.year;
}

// A bridge of totals alone has nothing to show.
function showBridge(name, rows) {
  const shown = one(`${name}_shown`), nothing = rows.every((row) => row.kind === "total"), appears = shown.hidden && !nothing;
  fill(`${name}_rows`, rows.map((row) => [row.step, row.label]));
  shown.hidden = nothing;
  one(`${name}_nothing`).hidden = !nothing;
  if (appears) dispatchEvent(new Event("resize"));  // a chart takes its width when the window does
}

function showState(notes) {
  const count = moves();
  one("state").textContent = count
    ? `Changed since the app sent it: ${count} ${count === 1 ? "input" : "inputs"}.`
    : "As the app sent it.";
  one("back").disabled = !count;
  document.body.classList.toggle("changed", count > 0);
  one("notes").textContent = notes.join(" ");
  one("open").href = link();
  for (const element of document.querySelectorAll(".focus")) say(element, SENT.years[state.year]);
}

const ranked = (rows) => rows.map((row, rank) => ({...row, rank}));

function draw(charts) {
  for (const [name, rows] of Object.entries(charts)) {
    const seen = views[name];
    if (seen) seen.data("rows", ranked(rows)).runAsync();
  }
}

function show() {
  const results = computed(), marks = {profit: profitMarks(results)};
  for (const company of Object.keys(SENT.companies)) marks[`bridge_${company}`] = bridgeMarks(bridge(results, company));
  if (opening && !(same(results.scenario, SENT.results) && same(marks, SENT.marks))) differs = true;
  showInputs();
  showCards(results);
  fill("changes", changeRows());
  one("unchanged").hidden = one("changes").tBodies[0].rows.length > 0;
  fill("profit_rows", profitRows(marks.profit));
  for (const company of Object.keys(SENT.companies)) showBridge(`bridge_${company}`, marks[`bridge_${company}`]);
  showState(results.notes);
  one("differs").hidden = !differs;
  opening = false;
  window.results = results.scenario;  // for programs that read the file: every result by its name in links
  draw(marks);
  return marks;
}

function change(what) {
  Object.assign(state, what);
  return show();
}

function set(key, value) {
  const {minimum, maximum} = SENT.inputs[key];
  if (Number.isFinite(value)) change({values: {...state.values, [key]: Math.min(maximum, Math.max(minimum, value))}});
}

function listen() {
  for (const box of BOXES) {
    const {key} = box.dataset, {scale} = SENT.inputs[key];
    box.querySelector('[type="range"]').addEventListener("input", ({target}) => set(key, Number(target.value)));
    box.querySelector('[type="number"]').addEventListener("change", ({target}) => {
      if (target.value.trim()) set(key, Number(target.value) / scale);
      showInputs();
    });
  }
  one("world").addEventListener("change", ({target}) => change({world: target.value}));
  one("year").addEventListener("change", ({target}) => change({year: Number(target.value)}));
  one("back").addEventListener("click", () => {
    change(asSent());
    one("state").focus();
  });
  one("search").addEventListener("input", ({target}) => {
    const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const group of document.querySelectorAll(".group")) {
      const boxes = [...group.querySelectorAll("[data-key]")];
      for (const box of boxes) box.hidden = !words.every((word) => box.textContent.toLowerCase().includes(word));
      group.hidden = boxes.every((box) => box.hidden);
    }
    one("none").hidden = Boolean(document.querySelector(".group:not([hidden])"));
  });
}

const first = change(asSent());
listen();
const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const NARROW_PX = 480, ERRORS = 1, size = one("profit").clientWidth < NARROW_PX ? 10 : 12;
Object.entries(SENT.charts).forEach(async ([name, chart]) => {
  const axis = {labelFontSize: size, titleFontSize: size};
  const options = {
    renderer: "svg",
    ast: true,
    actions: false,
    tooltip: {theme},
    logLevel: ERRORS,
    config: {axis, legend: {labelFontSize: size}, text: {fontSize: size}},
  };
  const {view} = await vegaEmbed(one(name), {...chart, data: {name: "rows", values: ranked(first[name])}}, options);
  views[name] = view;
  if (moves()) show();
});
