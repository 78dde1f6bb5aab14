// Numbers in the words of pages/kit/words.py, which tests hold these against.
const NBSP = "\u00a0", MINUS = "\u2212", DUST = 1e-9, STEPS = [0.0001, 0.001, 0.01, 0.1, 1];

// As Python rounds: what lies exactly in the middle goes to the even digit.
function fixed(value, decimals) {
  const [whole, rest] = value.toFixed(100).split("."), cut = decimals ? `${whole}.${rest.slice(0, decimals)}` : whole;
  return /^50*$/.test(rest.slice(decimals)) && "02468".includes(cut.at(-1)) ? cut : value.toFixed(decimals);
}

function number(value, decimals) {
  const size = Math.abs(value);
  if (decimals === undefined) {
    decimals = size >= 100 || Number.isInteger(size) ? 0 : size >= 10 ? 1 : 2;
    if (size < 10) decimals = (String(Number(fixed(size, 2))).split(".")[1] ?? "").length;
  }
  const [whole, rest] = fixed(size, decimals).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

function currency(code, value, decimals) {
  const text = number(value, decimals);
  return text.startsWith(MINUS) ? `${MINUS}${code}${NBSP}${text.slice(1)}` : `${code}${NBSP}${text}`;
}

const percent = (share, decimals) => `${number(share * 100, decimals)}${NBSP}%`;
const farFromWhole = (value) => Math.abs(value - Math.round(value));

function quantity(value, unit) {
  const inBillions = {"JPY bn": "bn", "JPY bn per yr": "bn a year", "JPY bn per JPY": "bn per yen"};
  const counted = (word) => `${number(value)}${NBSP}${word}${value === 1 ? "" : "s"}`;
  if (unit === "share") {
    const decimals = farFromWhole(value * 1000) > 1e-9 && Math.abs(value) < 0.1 ? 2 : 1;
    return percent(value, farFromWhole(value * 100) < 1e-9 ? 0 : decimals);
  }
  if (unit in inBillions) {
    const small = Math.abs(value) < 10 && !Number.isInteger(value);
    return `${currency("JPY", value, small ? 1 : 0)}${NBSP}${inBillions[unit]}`;
  }
  if (unit === "USD bn") return `${currency("USD", value)}${NBSP}bn`;
  if (unit === "USD per vehicle") return `${currency("USD", value, 0)} per car`;
  if (unit === "USD per truck") return `${currency("USD", value, 0)} per truck`;
  if (unit === "JPY per USD") return `${currency("JPY", value)} per dollar`;
  if (unit === "kveh" || unit === "thousand trucks") {
    const text = number(value * 1000, 0);
    return `${text} ${unit === "kveh" ? "car" : "truck"}${text === "1" ? "" : "s"}`;
  }
  if (unit === "yr") return counted("year");
  if (unit === "months") return counted("month");
  return number(value);
}

const showsNothing = (words) => !/[1-9]/.test(words);

function signed(value, unit) {
  const text = unit === "share" ? `${number(value * 100, 1)}${NBSP}pp` : quantity(value, unit);
  return text.startsWith(MINUS) || showsNothing(text) ? text : `+${text}`;
}

function changeWords(change, unit, none) {
  if (Math.abs(change) <= DUST) return none;
  let words = signed(change, unit);
  if (unit === "share" && showsNothing(words)) {
    words = `${change > 0 ? "+" : MINUS}${number(Math.abs(change) * 100, 2)}${NBSP}pp`;
  }
  if (!showsNothing(words)) return words;
  const least = unit === "share" ? `0.01${NBSP}pp` : STEPS.map((step) => quantity(step, unit)).find((w) => !showsNothing(w));
  return `${change > 0 ? "up" : "down"} by less than ${least}`;
}
