import { expect, type Page } from '@playwright/test';
import { expectTidy } from '../fixtures/barriers.ts';
import { chosenPassword } from '../fixtures/coordinator.ts';
import { openSchool } from '../fixtures/school.ts';
import { newComputer, openComputers } from '../fixtures/staff.ts';
import { test } from '../fixtures/test.ts';
import { totpOf } from '../fixtures/totp.ts';

const signIn = async (page: Page, email: string, password: string) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

test('a principal sets up a second factor at the first sign-in, gives a day pass, and trusts this computer for a day', async () => {
  test.setTimeout(120_000);
  const school = await openSchool({ env: { KEYSTAGE_SECOND_FACTOR: 'required' } });
  const computers = await openComputers();
  try {
    const page = await newComputer(computers);
    await page.goto(school.consoleUrl);
    await signIn(page, school.first.email, school.first.password);
    await page.locator('input[name=new]').fill(chosenPassword);
    await page.getByRole('button', { name: 'Save password' }).click();

    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await expectTidy(page);
    const otpauth = (await page.locator('[data-otpauth]').getAttribute('data-otpauth')) ?? '';
    await page.getByLabel('Six digits').fill('000000');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('That is not what the app shows now').waitFor();
    await page.getByLabel('Six digits').fill(totpOf(otpauth));
    await page.getByRole('button', { name: 'Turn on' }).click();
    const backup = (await page.locator('.backup-codes li').first().textContent()) ?? '';
    await expectTidy(page);
    // They are not shown again: nobody goes on, or leaves, before they are kept.
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('alert')).toContainText('Write them down or print them first');
    const asked = page.waitForEvent('dialog');
    const reloading = page.reload().catch(() => undefined);
    const leaving = await asked;
    expect(leaving.type()).toBe('beforeunload');
    await leaving.dismiss();
    await reloading;
    await page.getByLabel('I have written them down or printed them').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();

    // By keyboard alone: the password is not enough, the app's code is, and this computer is trusted.
    await signIn(page, school.first.email, chosenPassword);
    await page.getByLabel('Six digits').waitFor();
    await expectTidy(page);
    await page.getByLabel('Six digits').press('Tab');
    await page.keyboard.press('Space');
    await page.getByLabel('Six digits').fill(totpOf(otpauth));
    await page.getByLabel('Six digits').press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, school.first.email, chosenPassword);
    await page.locator('.rail-who').waitFor();

    await page.goto(`${school.consoleUrl}/day-passes`);
    await page.getByLabel('Name of the adult').fill('David Okoro');
    await page.getByLabel('2B').check();
    await page.getByLabel('Until').fill('23:59');
    await page.getByRole('button', { name: 'Give and show the code' }).click();
    const code = (await page.locator('.shown-code-large').textContent()) ?? '';

    const tablet = await newComputer(computers);
    await tablet.goto(school.consoleUrl);
    await signIn(tablet, school.first.email, chosenPassword);
    await tablet.getByRole('button', { name: 'My phone is not here' }).click();
    await tablet.getByLabel('Backup code').fill(backup);
    await tablet.getByRole('button', { name: 'Sign in', exact: true }).click();
    await tablet.locator('.rail-who').waitFor();
    await tablet.getByRole('button', { name: 'Sign out' }).click();

    await tablet.getByRole('button', { name: 'I have a day pass' }).click();
    await tablet.getByLabel('Code').fill(code);
    await tablet.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(tablet.locator('.rail-who')).toContainText('David Okoro');
    await expect(tablet.locator('.rail-who')).toContainText('until 23:59');
    await tablet.goto(`${school.consoleUrl}/people`);
    await expect(tablet.locator('#page').getByRole('alert')).toContainText(
      'Your role does not open this page',
    );

    await page.reload();
    await page.getByText('signed in').waitFor();
    await page.getByRole('button', { name: 'End the pass of David Okoro' }).click();
    await page.getByText('ended').waitFor();
    await tablet.reload();
    await tablet.getByRole('heading', { name: 'Sign in' }).waitFor();
  } finally {
    await computers.close();
    await school.close();
  }
});
