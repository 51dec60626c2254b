// Years, quarters and months as the statistics name them: "2021", "2021-Q4", "2021-11".

const two = (value) => String(value).padStart(2, "0");
const PER_YEAR = { year: 1, quarter: 4, month: 12 };
const MOST = 600; // bars; a longer stretch shows only the periods that have something

const ordinal = {
  year: (period) => Number(period),
  quarter: (period) => Number(period.slice(0, 4)) * 4 + Number(period.slice(-1)) - 1,
  month: (period) => Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1,
};

function named(by, value) {
  const per = PER_YEAR[by];
  const year = String(Math.floor(value / per)).padStart(4, "0");
  if (by === "year") return year;
  return by === "quarter" ? `${year}-Q${(value % 4) + 1}` : `${year}-${two((value % 12) + 1)}`;
}

/** All periods from the first to the last of those given, the empty ones between them too. */
export function steps(by, periods) {
  const values = periods.map(ordinal[by]);
  const [first, last] = [Math.min(...values), Math.max(...values)];
  if (last - first >= MOST) return [...new Set(periods)].sort();
  return Array.from({ length: last - first + 1 }, (_, index) => named(by, first + index));
}

/** First and last day of a period. */
export function span(by, period) {
  const months = 12 / PER_YEAR[by];
  const start = (ordinal[by](period) * months) % 12;
  const year = Number(period.slice(0, 4));
  const last = new Date(Date.UTC(year, start + months, 0)).getUTCDate();
  return [`${period.slice(0, 4)}-${two(start + 1)}-01`, `${period.slice(0, 4)}-${two(start + months)}-${two(last)}`];
}
