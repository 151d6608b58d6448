// Opens pages whose every text tries to be markup, and every document in them, in headless
// Chromium: nothing runs, nothing is asked for, nobody complains; see scripts/test-report.
"use strict";
const assert = require("node:assert/strict");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

async function visited(browser, report) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(path.resolve(report)).href);
  await page.waitForSelector("#list tbody tr");
  const rows = await page.locator("#list tbody tr").count();
  assert.ok(rows > 0, "there are documents");
  for (let at = 0; at < rows; at += 1) {
    await page.locator("#list tbody tr").nth(at).locator("a.document").click();
    await page.waitForSelector("#document:not([hidden])");
  }
  for (const select of await page.locator("select:visible").all()) {
    for (let at = await select.locator("option").count() - 1; at >= 0; at -= 1) {
      await select.selectOption({ index: at });
    }
  }
  await page.waitForTimeout(300); // a picture that fails to load says so later
  assert.equal(await page.evaluate(() => window.evil), undefined, "nothing was run");
  assert.equal(await page.locator("img, iframe, object, embed").count(), 0, "nothing was put in");
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0, "no link runs");
  assert.deepEqual(complaints, []);
  await page.close();
  return rows;
}

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  for (const report of process.argv.slice(2)) {
    const rows = await visited(browser, report);
    console.log(`ok      ${path.basename(report)}: ${rows} documents, and nothing ran`);
  }
  await browser.close();
}

main().catch((error) => { console.log(`FAILED  ${error.message}`); process.exit(1); });
