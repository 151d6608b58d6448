// What a person does with a report, done in headless Chromium; see scripts/test-report.
"use strict";
const assert = require("node:assert/strict");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const contrasts = require("./contrasts.cjs");

const [report, pictures] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(report)).href;
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
let passed = 0, failed = 0;

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  const test = async (name, options, work) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    try {
      await page.goto(address);
      if (options.javaScriptEnabled !== false) await page.waitForSelector("#list tbody tr");
      await work(page);
      assert.deepEqual(complaints, [], "no error, and no request leaves");
      passed += 1;
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error.message}`);
    }
    await context.close();
  };
  const shot = async (page, name, whole = false) => {
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: whole });
  };
  const numbers = (page, column) => page.$$eval(`section.board:not([hidden]) >> nth=0 >> tbody:first-of-type tr td:nth-child(${column})`,
    (cells) => cells.filter((cell) => cell.dataset.sort !== undefined).map((cell) => Number(cell.dataset.sort)));

  await test("a column sorts both ways, by mouse and by keyboard", {}, async (page) => {
    const header = page.locator("section.board >> nth=0 >> thead th >> nth=1");
    await header.locator("button").click();
    assert.equal(await header.getAttribute("aria-sort"), "descending");
    const down = await numbers(page, 2);
    assert.ok(down.length > 1);
    assert.deepEqual(down, [...down].sort((a, b) => b - a));
    await header.locator("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await header.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await numbers(page, 2), [...down].reverse().sort((a, b) => a - b));
    await shot(page, "desktop");
    await shot(page, "desktop-whole", true);
  });

  await test("filters leave what was chosen and give it back", {}, async (page) => {
    const tables = () => page.locator("section.board:visible").count();
    const all = await tables();
    for (const select of await page.locator("#filters select").all()) {
      const values = await select.locator("option").allTextContents();
      await select.selectOption(values.at(-1));
      await page.waitForFunction(() => document.querySelector("#shown").textContent !== "");
      const shown = await tables();
      assert.ok(shown > 0 && shown <= all, `${shown} of ${all}`);
      const kind = await select.getAttribute("data-filter");
      if (kind === "languages") {
        await page.waitForSelector(".narrowed");
        const caption = await page.locator("section.board:visible caption.unseen").first().textContent();
        assert.ok(caption.endsWith(`, ${values.at(-1)}`), caption);
        await page.waitForFunction((code) => [...document.querySelectorAll("#list tbody td:nth-child(2)")].every((cell) => cell.textContent === code), values.at(-1));
      }
      await select.selectOption("");
      await page.waitForFunction(() => document.querySelector("#shown").textContent === "");
      assert.equal(await tables(), all);
      assert.equal(await page.locator(".narrowed").count(), 0);
    }
  });

  await test("a document opens with the picks of two systems side by side", {}, async (page) => {
    await page.locator("#list a.document").first().click();
    await page.waitForSelector("#document:visible .columns");
    assert.equal(await page.locator("#document .columns > div").count(), 2);
    assert.ok(await page.locator("#document .a .pick").count() > 0, "A picked something");
    assert.ok(await page.locator("#document mark").count() > 0, "something of it stands in a reference");
    const before = await page.locator("#document .about").textContent();
    await page.locator('#document [aria-label="next document"]').click();
    await page.waitForFunction((text) => document.querySelector("#document .about").textContent !== text, before);
    const rest = page.locator("#document .rest:visible");
    const whole = await rest.count();
    await page.getByRole("button", { name: "picks only" }).click();
    assert.ok(whole === 0 || await rest.count() === 0);
    await page.getByRole("button", { name: "picks only" }).click();
    await page.locator("#document").scrollIntoViewIfNeeded();
    await shot(page, "document");
    const systems = await page.locator('#choice [name="b"] option').allTextContents();
    await page.selectOption('#choice [name="b"]', systems.at(-1));
    await page.waitForFunction((name) => document.querySelector("#document .b h4").textContent.includes(name), systems.at(-1));
    await page.locator('#document [aria-label="close"]').click();
    assert.ok(await page.locator("#document").isHidden());
  });

  await test("documents are ordered, found and paged", {}, async (page) => {
    const column = (n) => page.$$eval(`#list tbody td:nth-child(${n})`, (cells) => cells.map((cell) => Number(cell.textContent.replace("−", "-"))));
    const wins = (await column(6)).filter((value) => !Number.isNaN(value));
    assert.deepEqual(wins, [...wins].sort((a, b) => b - a));
    await page.selectOption('#choice [name="order"]', "long");
    await page.waitForFunction(() => { const n = [...document.querySelectorAll("#list tbody td:nth-child(3)")].map((cell) => Number(cell.textContent)); return n.every((value, at) => at === 0 || n[at - 1] >= value); });
    const first = await page.locator("#list tbody th").first().textContent();
    if (await page.locator("#on").isEnabled()) {
      await page.locator("#on").click();
      assert.notEqual(await page.locator("#list tbody th").first().textContent(), first);
    }
    await page.fill('#choice [name="find"]', first);
    await page.waitForFunction((id) => document.querySelector("#list tbody th")?.textContent === id, first);
    assert.equal(await page.locator("#list tbody tr").count(), 1);
  });

  await test("a text is found that stands in no id, and what is nowhere is said", {}, async (page) => {
    await page.selectOption('#choice [name="order"]', "corpus");
    await page.locator("#list a.document").first().click();
    await page.waitForSelector("#document:visible .columns");
    const words = (await page.locator("#document .a .text").innerText()).match(/\p{L}{9,}/gu);
    const ids = await page.$$eval("#list tbody th", (cells) => cells.map((cell) => cell.textContent));
    const word = words.find((word) => ids.every((id) => !id.toLowerCase().includes(word.toLowerCase())));
    await page.fill('#choice [name="find"]', word);
    await page.waitForFunction((id) => document.querySelector("#list tbody th")?.textContent === id, ids[0]);
    await page.fill('#choice [name="find"]', "no such word anywhere");
    await page.waitForFunction(() => document.querySelector("#place").textContent.includes("no document has “no such word anywhere”"));
    assert.equal(await page.locator("#list tbody tr").count(), 0);
  });

  await test("systems are hidden, with what is true of all only", {}, async (page) => {
    const board = page.locator("section.board").first();
    const rows = board.locator(".told tr[data-system]:visible");
    const all = await rows.count();
    const name = await rows.nth(1).getAttribute("data-system");
    const own = await board.locator(`.told tr[data-system="${name}"]`).count(); // beside people too
    await page.locator("#chooser summary").click();
    await page.locator(`#chooser input[value="${name}"]`).uncheck();
    assert.equal(await rows.count(), all - own);
    assert.equal(await board.locator(".told sup:visible, .verdict:visible").count(), 0);
    assert.ok((await board.locator(".thin").innerText()).startsWith(`${own} of `));
    await shot(page, "chooser");
    const [narrowed] = await Promise.all([page.waitForEvent("download"), board.locator("[data-csv]").click()]);
    const lines = require("node:fs").readFileSync(await narrowed.path(), "utf8").trim().split("\n");
    assert.equal(lines.length, 1 + all - own);
    assert.ok(lines[0].startsWith("corpus,budget,language,system,") && !lines[0].includes("letters"), lines[0]);
    assert.ok(lines.every((line) => line.split(",")[3] !== name));
    await page.getByRole("button", { name: "all", exact: true }).click();
    assert.equal(await rows.count(), all);
    assert.equal(await page.locator(".thin").count(), 0);
    const [whole] = await Promise.all([page.waitForEvent("download"), board.locator("[data-csv]").click()]);
    assert.ok(require("node:fs").readFileSync(await whole.path(), "utf8").split("\n")[0].includes("letters"));
  });

  await test("a figure is downloaded as a drawing that stands alone", {}, async (page) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("figure [data-svg]").first().click()]);
    const svg = require("node:fs").readFileSync(await file.path(), "utf8");
    assert.ok(file.suggestedFilename().endsWith(".svg") && svg.startsWith("<svg") && svg.includes("<title>"), svg.slice(0, 200));
    assert.ok(!svg.includes("class=") && !svg.includes("var("));
  });

  await test("every section's documents can be opened", {}, async (page) => {
    for (const id of await page.$$eval("#choice [name=section] option", (options) => options.map((option) => option.value))) {
      await page.evaluate((hash) => { location.hash = hash; }, `#document=${id}/0`);
      await page.waitForFunction((value) => document.querySelector("#choice [name=section]").value === value && !document.querySelector("#document").hidden, id);
    }
  });

  for (const colorScheme of ["light", "dark"]) {
    await test(`text is readable in ${colorScheme}`, { colorScheme }, async (page) => {
      await page.locator("#list a.document").first().click();
      await page.waitForSelector("#document:visible mark");
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      const found = await page.evaluate(contrasts);
      assert.ok(found.texts > 500, `${found.texts} texts`);
      assert.deepEqual(found.weak, [], "contrast below 4.5");
      if (colorScheme === "dark") { await page.evaluate(() => scrollTo(0, 0)); await shot(page, "dark"); await shot(page, "dark-whole", true); }
    });
  }

  await test("the button turns the colours, whatever the system's are", { colorScheme: "light" }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.locator("#theme").click();
    assert.equal(await paper(), light);
    await page.locator("#theme").click();
    assert.notEqual(await paper(), light);
  });

  await test("a phone shows the page without moving it sideways", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, async (page) => {
    await page.locator("#list a.document").first().click();
    await page.waitForSelector("#document:visible .columns");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${width} pixels wide`);
    assert.ok(await page.locator("#document .scroll").evaluate((box) => box.scrollWidth <= box.clientWidth), "every metric is seen");
    assert.ok(await page.locator("#list").evaluate((table) => table.parentElement.scrollWidth <= table.parentElement.clientWidth), "scores are seen");
    await shot(page, "phone-document");
    await page.evaluate(() => scrollTo(0, 0));
    await shot(page, "phone");
    await shot(page, "phone-whole", true);
  });

  for (const width of [390, 1280]) {
    await test(`at ${width} pixels nothing is cut off, and what can be scrolled sideways says so`, { viewport: { width, height: 900 } }, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.waitForTimeout(300);
      const found = await page.evaluate(() => {
        const seen = (element) => element.getClientRects().length > 0;
        const texts = [...document.querySelectorAll(".plot svg text")].filter(seen);
        const outside = texts.filter((text) => {
          const [own, whole] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
          return own.left < whole.left - 1 || own.right > whole.right + 1 || own.bottom > whole.bottom + 1;
        });
        const boxes = [...document.querySelectorAll(".scroll")].filter(seen);
        const silent = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1 !== (getComputedStyle(box, "::before").content !== "none"));
        return { texts: texts.length, outside: outside.map((text) => text.textContent), silent: silent.map((box) => box.ariaLabel), wide: document.documentElement.scrollWidth };
      });
      assert.ok(found.texts > 50, `${found.texts} texts`);
      assert.deepEqual(found.outside, [], "outside of their drawing");
      assert.deepEqual(found.silent, [], "scrolled without a word");
      assert.ok(found.wide <= width, `${found.wide} pixels wide`);
    });
  }

  await test("without scripts tables and plots are there, and nothing that does nothing", { javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator("table.leaderboard:visible").count() > 0);
    assert.ok(await page.locator("figure svg:visible").count() > 2);
    assert.equal(await page.locator("select:visible, button:visible, input:visible").count(), 0);
    assert.ok(await page.locator("noscript p").first().isVisible());
    await page.locator("figure summary").first().click();
    assert.ok(await page.locator("figure details table:visible").count() > 0);
  });

  await test("paper gets the tables and plots alone", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("header.top").isHidden() && await page.locator("#filters").isHidden());
    assert.ok(await page.locator("table.leaderboard").first().isVisible());
  });

  await test("screen readers and keyboards find their way", {}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    const problems = await page.evaluate(() => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      const ids = all("[id]").map((element) => element.id);
      return [
        ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} twice`),
        ...all("svg").filter((svg) => !svg.getAttribute("aria-label") && svg.getAttribute("aria-hidden") !== "true").map(() => "a drawing without a name"),
        ...all("th").filter((th) => !th.scope).map((th) => `a header without a scope: ${th.textContent}`),
        ...all("select, input").filter((field) => !field.labels?.length).map((field) => `a field without a label: ${field.name}`),
        ...all("button").filter((button) => !button.textContent.trim() && !button.getAttribute("aria-label")).map(() => "a button without a name"),
        ...all("table").filter((table) => !table.tHead && !table.closest("details")).map(() => "a table without a head"),
        ...(all("h1").length === 1 ? [] : ["not one h1"]),
        ...(document.documentElement.lang ? [] : ["no language"]),
      ];
    });
    assert.deepEqual(problems, []);
  });

  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
