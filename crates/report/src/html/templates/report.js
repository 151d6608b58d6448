(() => {
  const { find, findAll, make, makeSortable, measureAll } = shared;
  const page = JSON.parse(document.getElementById("page").textContent);
  const shelfOf = Object.fromEntries(page.shelves.map((shelf) => [shelf.key, shelf]));
  const sectionOf = Object.fromEntries(page.sections.map((section) => [section.id, section]));

  // ---- what is packed -------------------------------------------------------------------

  /** The text of a chunk, unpacked when it is first asked for; the latest few are kept. */
  const kept = new Map();
  const unpack = (name) => {
    if (kept.has(name)) return kept.get(name);
    const unpacking = (async () => {
      const packed = Uint8Array.from(atob(document.getElementById(name).textContent), (sign) => sign.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
      return new Response(stream).text();
    })();
    kept.set(name, unpacking);
    if (kept.size > 40) kept.delete(kept.keys().next().value);
    return unpacking;
  };
  const parsed = new Map();
  const json = async (name) => {
    if (!parsed.has(name)) parsed.set(name, unpack(name).then(JSON.parse));
    if (parsed.size > 20) parsed.delete(parsed.keys().next().value);
    return parsed.get(name);
  };

  // ---- a system lit up everywhere -------------------------------------------------------

  const light = (name) => {
    findAll(".lit").forEach((element) => element.classList.remove("lit"));
    document.body.classList.toggle("lighting", name !== undefined);
    if (name !== undefined) findAll(`[data-system="${CSS.escape(name)}"]`).forEach((element) => element.classList.add("lit"));
  };
  const lightFrom = (event) => {
    const element = event.target.closest?.("[data-system]");
    light(element?.dataset.system);
  };
  document.addEventListener("pointerover", lightFrom);

  // ---- filters --------------------------------------------------------------------------

  const originals = new Map();
  const wanted = {};
  const filterSection = async (section) => {
    const { corpus, budget, languages } = section.dataset;
    const codes = languages.split(" ");
    const shown = (!wanted.corpus || wanted.corpus === corpus)
      && (!wanted.budget || wanted.budget === budget)
      && (!wanted.languages || codes.includes(wanted.languages));
    section.hidden = !shown;
    findAll(`[data-of="${section.id}"]`).forEach((item) => { item.hidden = !shown; });
    const holder = find(".told", section);
    if (!originals.has(section.id)) originals.set(section.id, [...holder.childNodes]);
    find(".about.all", section).hidden = Boolean(wanted.languages) && codes.length > 1;
    if (!shown) return shown;
    const narrowed = Boolean(wanted.languages) && codes.length > 1;
    if (!narrowed) section.removeAttribute("data-narrowed");
    if (!wanted.languages || codes.length < 2) {
      holder.replaceChildren(...originals.get(section.id));
      return shown;
    }
    const html = await unpack(`${section.id}-${wanted.languages}`);
    const parsed = new DOMParser().parseFromString(html, "text/html").body;
    makeSortable(find("table", parsed));
    const note = `Only the documents in ${wanted.languages}; figures, and what is below them, are of all.`;
    holder.replaceChildren(make("p", { class: "note narrowed" }, note), ...parsed.childNodes);
    section.dataset.narrowed = wanted.languages;
    return shown;
  };
  const filterAll = async () => {
    const shown = await Promise.all(findAll("section.board").map(filterSection));
    const output = find("#shown");
    const count = shown.filter(Boolean).length;
    output.textContent = Object.values(wanted).some(Boolean) ? `${count} of ${shown.length} tables` : "";
    hideSystems();
    fillSections();
    await fillList();
  };
  find("#filters").addEventListener("change", (event) => {
    if (event.target.dataset.filter === undefined) return;
    wanted[event.target.dataset.filter] = event.target.value;
    filterAll();
  });
  find("#filters").addEventListener("submit", (event) => event.preventDefault());

  // ---- which systems are shown ----------------------------------------------------------

  const hiddenSystems = new Set();
  const names = [...new Set(page.sections.flatMap(({ systems }) => systems.map(([name]) => name)))];
  const boxes = names.map((name) => make("input", { type: "checkbox", checked: "", value: name, onchange: (event) => {
    if (event.target.checked) hiddenSystems.delete(name);
    else hiddenSystems.add(name);
    hideSystems();
  } }));
  find("#chooser .choices").append(...boxes.map((box, at) => make("label", {}, box, names[at])));
  const chooseAll = (are) => {
    boxes.forEach((box) => { box.checked = are; });
    hiddenSystems.clear();
    if (!are) names.forEach((name) => hiddenSystems.add(name));
    hideSystems();
  };
  find('[data-choose="all"]').addEventListener("click", () => chooseAll(true));
  find('[data-choose="none"]').addEventListener("click", () => chooseAll(false));
  /** Hides rows and lines of systems. Letters, ranks and marks are among all systems, so that
      a table that lacks some has none. */
  const hideSystems = () => {
    const count = names.length - hiddenSystems.size;
    find("#chosen").textContent = hiddenSystems.size ? `${count} of ${names.length}` : "all";
    findAll("section.board, #overall").forEach((section) => {
      const rows = findAll("tr[data-system]", section);
      rows.forEach((row) => { row.hidden = hiddenSystems.has(row.dataset.system); });
      const missing = rows.filter((row) => row.hidden).length;
      section.classList.toggle("thinned", missing > 0);
      find(".thin", section)?.remove();
      const about = section.id === "overall" ? "mean ranks are among all systems"
        : "letters, ranks and marks are among all systems, and not shown now";
      if (missing) (find(".told", section) ?? find(".about", section)).before(make("p", { class: "note thin" }, `${missing} of ${rows.length} rows are hidden; ${about}.`));
      findAll("figure svg", section).filter((svg) => !find(".join, .cell", svg)).forEach((svg) =>
        findAll("[data-system]", svg).forEach((group) => {
          if (hiddenSystems.has(group.dataset.system)) group.setAttribute("display", "none");
          else group.removeAttribute("display");
        }));
    });
  };

  // ---- downloads ------------------------------------------------------------------------

  const save = (name, type, text) => {
    const url = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  const fileName = (text) => text.replace(/[^\w.@-]+/g, "-");
  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const plain = (text) => text.trim().replace(/^−/, "-").replace(/^–$/, "");
  /** The rows of a table that are shown, in their order: of a metric its mean, half of its
      interval and the letters, which a table without all its systems does not have. */
  const tableRows = (section) => {
    const table = find(".told table", section);
    const thinned = section.classList.contains("thinned");
    const heads = [...table.tHead.rows[0].cells].map((cell, at) => ({ cell, at }))
      .filter(({ cell }) => !cell.classList.contains("chart") && !(thinned && cell.classList.contains("rank")));
    const titles = heads.flatMap(({ cell }) => {
      const { metric, unit } = cell.dataset;
      if (!metric) return [cell.textContent];
      return [`${metric} (${unit})`, `${metric} ±`, ...(thinned ? [] : [`${metric} letters`])];
    });
    const { corpus, budget, narrowed } = section.dataset;
    const rows = [["corpus", "budget", "language", ...titles]];
    for (const row of findAll("tbody tr[data-system]", table)) {
      if (row.hidden) continue;
      rows.push([corpus, budget, narrowed ?? "all", ...heads.flatMap(({ cell, at }) => {
        const found = row.cells[at];
        if (!cell.dataset.metric) return [plain(found.textContent)];
        const half = find("small", found)?.textContent.replace("±", "") ?? "";
        return [plain(found.firstChild?.textContent ?? ""), plain(half), ...(thinned ? [] : [find("sup", found)?.textContent ?? ""])];
      })]);
    }
    return rows;
  };
  /** A drawing with the colours that it has on the page, for other programs. */
  const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "display"];
  const drawn = (svg, title) => {
    const copy = svg.cloneNode(true);
    const originals = findAll("*", svg);
    findAll("*", copy).forEach((element, at) => {
      const looks = getComputedStyle(originals[at]);
      LOOKS.forEach((look) => element.setAttribute(look, looks.getPropertyValue(look)));
      element.removeAttribute("class");
      element.removeAttribute("data-system");
    });
    const ground = document.createElementNS(svg.namespaceURI, "rect");
    for (const [key, value] of [["width", "100%"], ["height", "100%"], ["fill", getComputedStyle(svg.closest("figure")).backgroundColor]]) ground.setAttribute(key, value);
    const name = document.createElementNS(svg.namespaceURI, "title");
    name.textContent = title;
    copy.prepend(name, ground);
    return new XMLSerializer().serializeToString(copy);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-csv], [data-svg]");
    const section = button?.closest("section");
    if (!section) return;
    const of = section.dataset.corpus ?? "corpora";
    if (button.dataset.csv !== undefined) {
      const text = tableRows(section).map((row) => row.map(quoted).join(",")).join("\n");
      save(`${fileName(sectionOf[section.id].title)}.csv`, "text/csv", `${text}\n`);
    } else {
      const figure = button.closest("figure");
      const title = `${find("h3", figure).textContent}, ${of}`;
      save(`${fileName(title)}.svg`, "image/svg+xml", drawn(find("svg", figure), title));
    }
  });

  // ---- the list of documents ------------------------------------------------------------

  const choice = find("#choice");
  const fields = choice.elements;
  const PAGE = 15;
  let section, index, columns, order = [], from = 0, asked = 0;

  const options = (select, entries, selected) => {
    select.replaceChildren(...entries.map(([value, text]) => make("option", { value }, text)));
    if (entries.some(([value]) => String(value) === String(selected))) select.value = selected;
  };
  const fillSections = () => {
    const open = page.sections.filter(({ id }) => !document.getElementById(id).hidden);
    options(fields.section, open.map(({ id, title }) => [id, title]), section?.id);
    if (fields.section.value !== section?.id) chooseSection(fields.section.value);
  };
  const chooseSection = (id, a, b) => {
    section = sectionOf[id];
    if (!section) return;
    fields.section.value = id;
    const systems = section.systems.map(([name]) => [name, name]);
    options(fields.a, systems, a ?? section.a);
    options(fields.b, systems, b ?? section.b);
    options(fields.metric, section.metrics.map(([name], at) => [at, name]), 0);
  };
  const systemIndex = (name) => section.systems.find(([known]) => known === name)[1];
  const metric = () => section.metrics[fields.metric.value];
  /** A score of a metric; the page holds scores in units of their last decimal. */
  const shown = (score, [, , , , decimals]) => (score === null || score === undefined ? "–" : (score / 10 ** decimals).toFixed(decimals).replace("-", "−"));
  const signed = (score, of) => (score > 0 ? "+" : "") + shown(score, of);
  const titled = ([name, , , unit]) => (unit === name ? name : `${name}, ${unit}`);

  /** The places of the documents that have a text in their title, sentences or references;
      none if the list was asked for something else meanwhile. */
  const documentsWith = async (text, question) => {
    const { firsts, key, missing } = shelfOf[section.shelf];
    const found = new Set();
    if (missing) return found;
    for (let chunk = 0; chunk < firsts.length; chunk += 1) {
      if (firsts.length > 1) find("#place").textContent = `searching ${chunk + 1} of ${firsts.length} parts`;
      const records = await json(`${key}-texts-${chunk}`);
      if (question !== asked) return found;
      records.forEach(({ text: known }, at) => {
        if (!known) return;
        const all = [known.title ?? "", ...known.sentences, ...(known.summaries ?? []), ...(known.keyphrases ?? [])];
        if (all.join("\n").toLowerCase().includes(text)) found.add(firsts[chunk] + at);
      });
    }
    return found;
  };

  const fillList = async () => {
    if (!section) { find("#list tbody").replaceChildren(); return; }
    asked += 1;
    const question = asked;
    const [newIndex, newColumns] = await Promise.all([json(`${section.shelf}-index`), json(`${section.shelf}-scores-${metric()[1]}`)]);
    if (question !== asked) return;
    [index, columns] = [newIndex, newColumns];
    const a = columns[systemIndex(fields.a.value)], b = columns[systemIndex(fields.b.value)];
    const sign = metric()[2] ? -1 : 1;
    const difference = (at) => (a[at] === null || b[at] === null ? undefined : a[at] - b[at]);
    const text = fields.find.value.trim().toLowerCase();
    const inText = text ? await documentsWith(text, question) : new Set();
    if (question !== asked) return;
    order = index.ids.map((_, at) => at).filter((at) =>
      (!text || inText.has(at) || index.ids[at].toLowerCase().includes(text))
      && (!wanted.languages || index.codes[index.languages[at]] === wanted.languages));
    const by = {
      wins: (at) => -sign * (difference(at) ?? -Infinity * sign),
      losses: (at) => sign * (difference(at) ?? Infinity * sign),
      corpus: (at) => at,
      long: (at) => -index.words[at],
      short: (at) => index.words[at],
    }[fields.order.value];
    order.sort((x, y) => by(x) - by(y) || x - y);
    from = 0;
    drawList();
  };
  const drawList = () => {
    const a = columns[systemIndex(fields.a.value)], b = columns[systemIndex(fields.b.value)];
    find('[data-side="a"]').textContent = `A: ${fields.a.value}`;
    find('[data-side="b"]').textContent = `B: ${fields.b.value}`;
    const rows = order.slice(from, from + PAGE).map((at) => {
      const known = a[at] !== null && b[at] !== null;
      const difference = known ? a[at] - b[at] : undefined;
      const better = metric()[2] ? -difference : difference;
      return make("tr", { "data-at": at, class: at === opened ? "open" : undefined },
        make("th", { scope: "row" }, make("a", { class: "document", href: `#document=${section.id}/${at}` }, index.ids[at])),
        make("td", { class: "beside" }, index.codes[index.languages[at]] ?? "–"),
        make("td", { class: "beside" }, String(index.words[at])),
        make("td", {}, shown(a[at], metric())), make("td", {}, shown(b[at], metric())),
        make("td", { class: better > 0 ? "plus" : better < 0 ? "minus" : undefined }, known ? signed(difference, metric()) : "–"));
    });
    find("#list tbody").replaceChildren(...rows);
    const last = Math.min(from + PAGE, order.length);
    const searched = fields.find.value.trim();
    const where = shelfOf[section.shelf].missing ? "id; texts are not in this page" : "id, text or references";
    const none = searched ? `no document has “${searched}” in its ${where}` : "none";
    find("#place").textContent = order.length ? `${from + 1}–${last} of ${order.length}` : none;
    measureAll();
    find("#back").disabled = from === 0;
    find("#on").disabled = last >= order.length;
  };
  find("#back").addEventListener("click", () => { from = Math.max(0, from - PAGE); drawList(); });
  find("#on").addEventListener("click", () => { from += PAGE; drawList(); });
  choice.addEventListener("submit", (event) => event.preventDefault());
  choice.addEventListener("change", async (event) => {
    if (event.target === fields.find) return;
    if (event.target === fields.section) { chooseSection(fields.section.value); closeDocument(); }
    await fillList();
    if (opened !== undefined) await drawDocument(opened);
  });
  let waiting;
  fields.find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(fillList, 150);
  });

  // ---- one document ---------------------------------------------------------------------

  const article = find("#document");
  let opened, picksOnly = false;
  const closeDocument = () => { opened = undefined; article.hidden = true; article.replaceChildren(); };

  const record = async (at) => {
    const { firsts, key } = shelfOf[section.shelf];
    let chunk = firsts.length - 1;
    while (firsts[chunk] > at) chunk -= 1;
    return (await json(`${key}-texts-${chunk}`))[at - firsts[chunk]];
  };
  /** Words and signs of scripts without spaces, with what stands between them. */
  const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}\p{M}]+/gu;
  const words = (text) => [...text.matchAll(WORD)].map((match) => ({ at: match.index, text: match[0], word: match[0].toLowerCase() }));
  const RUN = 2;
  const grams = (texts) => {
    const known = new Set();
    for (const text of texts) {
      const found = words(text).map(({ word }) => word);
      found.forEach((word, at) => {
        known.add(word);
        if (at + RUN <= found.length) known.add(found.slice(at, at + RUN).join(" "));
      });
    }
    return known;
  };
  /** The text with the words that stand in `known` marked, runs of two or more deeper. */
  const marked = (text, known) => {
    const found = words(text);
    const depth = found.map(({ word }) => (known.has(word) ? 1 : 0));
    for (let at = 0; at + 1 < found.length; at += 1) {
      if (known.has(`${found[at].word} ${found[at + 1].word}`)) depth[at] = depth[at + 1] = 2;
    }
    const parts = [];
    let written = 0;
    for (let at = 0; at < found.length;) {
      const start = at;
      while (at < found.length && depth[at] === depth[start]) at += 1;
      if (!depth[start]) continue;
      const end = found[at - 1].at + found[at - 1].text.length;
      parts.push(text.slice(written, found[start].at));
      parts.push(make("mark", depth[start] === 2 ? { class: "run" } : {}, text.slice(found[start].at, end)));
      written = end;
    }
    parts.push(text.slice(written));
    return parts;
  };
  const isRightToLeft = (text) => /^[^\p{L}]*[\p{sc=Arabic}\p{sc=Hebrew}]/u.test(text);

  /** What one system gave, in the source where there is one. */
  const given = (output, text, known) => {
    const box = make("div", { class: "text" });
    if (output === null || output === undefined) box.append(make("p", { class: "missing" }, "nothing"));
    else if (typeof output === "string") box.append(...output.split("\n").map((line) => make("p", {}, ...marked(line, known))));
    else if (output.f) box.append(make("p", { class: "bad" }, output.f));
    else if (output.k) {
      const gold = new Set((text?.keyphrases ?? []).map((phrase) => phrase.toLowerCase()));
      box.append(make("ol", {}, ...output.k.map((phrase) =>
        make("li", {}, ...(gold.has(phrase.toLowerCase()) ? [make("mark", { class: "run" }, phrase)] : marked(phrase, known))))));
    } else if (!text) box.append(make("p", {}, `sentences ${output.map((pick) => pick + 1).join(", ")}`));
    else {
      const rank = new Map(output.map((pick, at) => [pick, at + 1]));
      const starts = new Set(text.paragraphs);
      let paragraph, gap = false;
      text.sentences.forEach((sentence, at) => {
        if (!paragraph || starts.has(at)) box.append(paragraph = make("p"));
        if (rank.has(at)) {
          if (gap) paragraph.append(make("span", { class: "gap" }, "… "));
          paragraph.append(make("span", { class: "pick" }, make("span", { class: "rank", title: "its place in the system's order" }, String(rank.get(at))), ...marked(sentence, known)), " ");
        } else paragraph.append(make("span", { class: "rest" }, sentence, " "));
        gap = !rank.has(at);
      });
      if (isRightToLeft(text.sentences[0] ?? "")) box.classList.add("direction-rtl");
    }
    return box;
  };

  const drawDocument = async (at) => {
    const opening = section;
    const { text, outputs } = await record(at);
    const scores = await Promise.all(section.metrics.map(([, index]) => json(`${section.shelf}-scores-${index}`)));
    if (opening !== section) return;
    const pair = [fields.a.value, fields.b.value];
    const references = section.task === "keyphrases" ? text?.keyphrases ?? [] : text?.summaries ?? [];
    const known = grams(references);
    const step = (by) => {
      const place = order.indexOf(at) + by;
      if (order[place] !== undefined) location.hash = `#document=${section.id}/${order[place]}`;
    };
    const toggle = make("button", { type: "button", "aria-pressed": String(picksOnly), onclick: () => {
      picksOnly = !picksOnly;
      toggle.setAttribute("aria-pressed", String(picksOnly));
      article.classList.toggle("picks-only", picksOnly);
    } }, "picks only");
    article.classList.toggle("picks-only", picksOnly);
    const head = make("div", { class: "bar" },
      make("h3", { id: "document-title" }, text?.title || index.ids[at]),
      make("div", {}, toggle,
        make("button", { type: "button", onclick: () => step(-1), "aria-label": "previous document" }, "←"),
        make("button", { type: "button", onclick: () => step(1), "aria-label": "next document" }, "→"),
        make("button", { type: "button", onclick: () => { closeDocument(); drawList(); history.replaceState(null, "", "#documents"); find("#list a")?.focus(); }, "aria-label": "close" }, "×")));
    const id = text?.title ? `${index.ids[at]} · ` : "";
    const facts = make("p", { class: "about" }, `${id}${index.words[at]} words · ${index.codes[index.languages[at]] ?? "language unknown"}`);
    const table = make("table", { class: "plain narrow" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "metric"), ...pair.map((name, side) => make("th", { scope: "col" }, `${"AB"[side]}: ${name}`)))),
      make("tbody", {}, ...section.metrics.map((one, place) => make("tr", {}, make("th", { scope: "row" }, titled(one)),
        ...pair.map((name) => make("td", {}, shown(scores[place][systemIndex(name)][at], one)))))));
    const sides = pair.map((name, side) => make("div", { class: "ab"[side] },
      make("h4", {}, `${"AB"[side]}: ${name}`, make("span", {}, shown(scores[fields.metric.value][systemIndex(name)][at], metric()))),
      given(outputs[systemIndex(name)], text, known)));
    /* references, with what A or B found of them */
    const covered = grams(pair.flatMap((name) => {
      const output = outputs[systemIndex(name)];
      if (typeof output === "string") return [output];
      if (output?.k) return output.k;
      return Array.isArray(output) && text ? output.map((pick) => text.sentences[pick]) : [];
    }));
    const list = make("div", { class: "text" }, ...references.map((reference) => make("p", {}, ...marked(reference, covered))));
    if (isRightToLeft(references[0] ?? "")) list.classList.add("direction-rtl");
    const legend = make("p", { class: "legend" }, "Marked: ", make("mark", {}, "words"), " and ", make("mark", { class: "run" }, "runs of words"),
      " of the picks that stand in a reference, and of the references that stand in what A or B gave; in lower case, not stemmed. Small numbers: the order in which the system picked.");
    const others = section.systems.map(([name, system]) => [columns[system][at], name]).sort(([x], [y]) => (y ?? -Infinity) - (x ?? -Infinity));
    const all = make("details", {}, make("summary", {}, `All systems by ${titled(metric())}`),
      make("table", { class: "plain" }, make("tbody", {}, ...others.map(([score, name]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, shown(score, metric())))))));
    const missing = text ? undefined : make("p", { class: "note" }, `The text is not in this page: ${shelfOf[section.shelf].missing ?? "it is unknown"}.`);
    article.replaceChildren(head, facts, ...(missing ? [missing] : []), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Scores" }, table),
      make("div", { class: "columns" }, ...sides),
      ...(references.length ? [make("h4", {}, references.length > 1 ? `${references.length} references` : "Reference"), list] : []), legend, all);
    article.hidden = false;
    measureAll();
    opened = at;
    findAll("#list tr.open").forEach((row) => row.classList.remove("open"));
    find(`#list tr[data-at="${at}"]`)?.classList.add("open");
  };

  const followHash = async () => {
    const found = /^#document=([\w-]+)\/(\d+)$/.exec(location.hash);
    if (!found || !sectionOf[found[1]]) return;
    if (section?.id !== found[1] || !index) { chooseSection(found[1]); await fillList(); }
    const at = Number(found[2]);
    if (at >= index.ids.length) return;
    await drawDocument(at);
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", followHash);

  hideSystems();
  fillSections();
  fillList().then(followHash);
})();
