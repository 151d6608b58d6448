// NAME: picks the longest sentences, and the most frequent words.

import { createInterface } from "node:readline";

// standard output is for answers alone: what anybody logs goes to standard error
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");
console.log = console.error;

const fill = (order, { costs, ...budget }) => {
  const unit = Object.keys(budget)[0];
  let left = budget[unit];
  const picks = [];
  for (const at of order) {
    const joint = unit === "bytes" && picks.length > 0 ? 1 : 0; // between two sentences
    const cost = (costs ? costs[at] : 1) + joint;
    if (cost <= left) {
      picks.push(at);
      left -= cost;
    }
  }
  return picks;
};

const summarise = ({ sentences, budget }) => {
  const scores = sentences.map((sentence) => sentence.length);
  const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
  return { picks: fill(order, budget), scores };
};

const keywords = ({ text, limit }) => {
  const counts = new Map();
  for (const [word] of text.toLowerCase().matchAll(/\p{L}{4,}/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const best = [...counts].sort((a, b) => b[1] - a[1]).slice(0, limit);
  return { phrases: best.map(([word]) => word), scores: best.map(([, count]) => count) };
};

const answer = (message) => {
  try {
    const started = process.hrtime.bigint();
    const found = message.type === "summarise" ? summarise(message) : keywords(message);
    return { id: message.id, ...found, elapsed_ns: Number(process.hrtime.bigint() - started) };
  } catch (error) {
    return { id: message.id, error: String(error) };
  }
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const message = JSON.parse(line);
  if (message.type === "hello") {
    say({ type: "ready", name: "NAME", version: "0.1", does: ["summarise", "keywords"], deterministic: true });
  } else if (message.type === "end") {
    say(message);
  } else {
    say(answer(message));
  }
}
