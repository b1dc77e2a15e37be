// HR's web application as people use it: the first account, colleagues, signing in.
import { bringAxe } from './axe.mjs';
import { newPage } from './browser.mjs';
import { until } from './until.mjs';

const password = 'a sentence that nobody guesses';

export class DeskWeb {
  /// `url` as in the settings; `child`: the running service, which prints the link of the first start.
  constructor(browser, url, child) {
    Object.assign(this, { browser, url, child });
  }

  /// A page in which somebody new is signed in.  `roles` as in desk/access.
  async #signIn(mail, options) {
    const page = await newPage(this.browser, options);
    await bringAxe(page);
    await page.goto(`${this.url}/sign-in`);
    await page.fill('#mail', mail);
    await page.fill('#password', password);
    await page.locator('main .primary').click();
    await until('signed in', async () => !page.url().includes('/sign-in'));
    return page;
  }

  async #choose(page, name, mail) {
    if (await page.locator('#name').count()) await page.fill('#name', name);
    if (mail) await page.fill('#mail', mail);
    await page.fill('#password', password);
    if (await page.locator('#again').count()) await page.fill('#again', password);
    await page.locator('main .primary').click();
  }

  /// The administrator, who may also write.
  async first(options) {
    const link = await until('the link of the first start',
      () => /http\S+\/setup\/\S+/.exec(this.child.stdout)?.[0]);
    const page = await newPage(this.browser, options);
    await page.goto(link);
    await this.#choose(page, 'Anna Schreiber', 'anna@seewald-instrumente.example');
    await page.context().close();
    this.admin = await this.#signIn('anna@seewald-instrumente.example', options);
    return this.admin;
  }

  async colleague(name, mail, roles, options) {
    await this.admin.goto(`${this.url}/accounts`);
    await this.admin.fill('#mail', mail);
    for (const box of await this.admin.locator('input[name=role]').all()) {
      await box.setChecked(roles.includes(await box.getAttribute('value')));
    }
    await this.admin.locator('form[action="/accounts/invitations"] .primary').click();
    const link = await this.admin.locator('#link').innerText();
    const page = await newPage(this.browser, options);
    await page.goto(link);
    await this.#choose(page, name);
    await page.context().close();
    return this.#signIn(mail, options);
  }
}
