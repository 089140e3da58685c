// @ts-check
const { themes } = require('prism-react-renderer');

function editAddress(doc) {
  const baseUrl = 'https://git.example/edit/';
  return `${baseUrl}/${doc.path}`;
}

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'Winch',
  tagline: "It's a pulling library",
  url: 'https://winch.example',
  baseUrl: '/docs-site/',
  i18n: { defaultLocale: 'en', locales: ['en'] },
  presets: [
    [
      'classic',
      /** @type {import('@docusaurus/preset-classic').Options} */
      ({
        docs: { routeBasePath: '/', editUrl: 'https://git.example/edit/' },
        blog: { path: 'news', routeBasePath: 'updates', showReadingTime: true },
      }),
    ],
  ],
};
module.exports = config;
