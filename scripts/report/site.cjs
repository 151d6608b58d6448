// Opens a site from disk in headless Chromium: every page in both themes and on a phone, its
// filters, and the commands of its cells; see scripts/test-report.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const contrasts = require("./contrasts.cjs");

async function main() {
  const [folder, shots] = process.argv.slice(2);
  const pages = JSON.parse(fs.readFileSync(path.join(folder, "site.json"), "utf8")).pages;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  let failed = 0;
  const test = async (name, file, options, body) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`); });
    try {
      await page.goto(pathToFileURL(path.resolve(folder, file)).href);
      await body(page);
      assert.deepEqual(complaints, []);
      console.log(`ok      ${file}: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${file}: ${name}: ${error.message}`);
    }
    await context.close();
  };
  const shot = (page, name) => shots && page.screenshot({ path: path.join(shots, `site-${name}.png`), fullPage: true });

  for (const file of pages) {
    const name = path.basename(file, ".html");
    for (const colorScheme of ["light", "dark"]) {
      await test(`readable in ${colorScheme}`, file, { colorScheme }, async (page) => {
        const found = await page.evaluate(contrasts);
        assert.ok(found.texts > 20, `${found.texts} texts`);
        assert.deepEqual(found.weak, [], "contrast below 4.5");
        await shot(page, `${name}-${colorScheme}`);
      });
    }
    await test("on a phone nothing moves sideways but tables, which say so", file, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, async (page) => {
      await page.waitForTimeout(200);
      const found = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll(".scroll")];
        const silent = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1 !== (getComputedStyle(box, "::before").content !== "none"));
        return { wide: document.documentElement.scrollWidth, silent: silent.map((box) => box.ariaLabel) };
      });
      assert.ok(found.wide <= 390, `${found.wide} pixels wide`);
      assert.deepEqual(found.silent, [], "scrolled without a word");
      await shot(page, `${name}-phone`);
    });
    await test("links lead to pages and anchors, and headers have scopes", file, {}, async (page) => {
      const links = await page.$$eval("a[href]", (all) => all.map((link) => link.href));
      for (const link of links) {
        const url = new URL(link);
        assert.equal(url.protocol, "file:", link);
        const text = fs.readFileSync(url, "utf8");
        assert.ok(!url.hash || text.includes(`id="${url.hash.slice(1)}"`), link);
      }
      const problems = await page.evaluate(() => {
        const all = (selector) => [...document.querySelectorAll(selector)];
        const ids = all("[id]").map((element) => element.id);
        return [
          ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} twice`),
          ...all("th").filter((th) => !th.scope).map((th) => `a header without a scope: ${th.textContent}`),
          ...all("select").filter((field) => !field.labels?.length).map((field) => `a field without a label: ${field.name}`),
          ...(all("h1").length === 1 ? [] : ["not one h1"]),
        ];
      });
      assert.deepEqual(problems, []);
      assert.equal(await page.evaluate(() => window.evil), undefined, "nothing was run");
      assert.equal(await page.locator("img, iframe, object, embed").count(), 0, "nothing was put in");
    });
    await test("without scripts tables are there, and nothing that does nothing", file, { javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.locator("table:visible").count() > 0);
      assert.equal(await page.locator("select:visible, button:visible").count(), 0);
    });
  }

  await test("filters leave tables of one kind, and counts follow", "index.html", {}, async (page) => {
    const rows = page.locator("#boards tbody tr:visible");
    const all = await rows.count();
    for (const select of await page.locator("#filters select").all()) {
      const key = await select.getAttribute("data-filter");
      for (const value of (await select.locator("option").allTextContents()).slice(1)) {
        await select.selectOption(value);
        const left = await rows.count();
        assert.ok(left > 0 && left <= all, `${key} ${value}: ${left} of ${all}`);
        const boards = await rows.evaluateAll((found) => found.map((row) => row.dataset.board));
        const columns = await page.locator("section.field thead th[data-board]:visible").evaluateAll((found) => found.map((cell) => cell.dataset.board));
        assert.deepEqual([...columns].sort(), [...boards].sort(), value);
        const counts = await page.locator("section.field td.best-of:visible").allTextContents();
        assert.ok(counts.every((text) => { const [near, tested] = text.split(" of ").map(Number); return near <= tested && tested <= left; }), counts.join());
      }
      await select.selectOption("");
      assert.equal(await rows.count(), all);
    }
  });

  await test("a cell shows the command of its run and its own", "index.html", {}, async (page) => {
    await page.locator("section.field td.score").first().click();
    const text = await page.locator("#command code").textContent();
    assert.ok(/^(epitome |# the command of the run is unknown)/.test(text), text);
    assert.ok(/\nepitome report .*--system .*--metric .*--budget .*--csv$/.test(text), text);
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#command").isHidden());
  });

  await test("a column is sorted, empty cells last", "index.html", {}, async (page) => {
    const table = page.locator("table.matrix").first();
    const header = table.locator("thead th[data-board] button").last();
    await header.click();
    const ranks = await table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.cells[row.cells.length - 1].dataset.sort ?? "").map((text) => (text === "" ? Infinity : Number(text))));
    assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b));
  });

  await browser.close();
  console.log(`${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
