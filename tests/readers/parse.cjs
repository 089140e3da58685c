// node parse.cjs MODULES LIBRARY URL: prints what a library of npm reads at an address, as JSON.
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");

const [modules, library, url] = process.argv.slice(2);
const load = createRequire(path.join(modules, "reader.js"));
const withRel = (item, rel) => item.links?.find((link) => link.rel === rel)?.href;

const formats = {
  rss: (item) => ({
    id: item.guid.value,
    title: item.title,
    link: item.link,
    authors: item.dc.creators,
    published: new Date(item.pubDate).toISOString(),
    content: item.content.encoded,
    enclosure: item.enclosures?.[0].url,
  }),
  atom: (item) => ({
    id: item.id,
    title: item.title.value,
    link: withRel(item, "alternate"),
    authors: item.authors.map((author) => author.name),
    published: item.published,
    content: item.content.value,
    enclosure: withRel(item, "enclosure"),
  }),
  json: (item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    authors: item.authors.map((author) => author.name),
    published: item.date_published,
    content: item.content_html,
    enclosure: item.attachments?.[0].url,
  }),
};

const libraries = {
  async feedsmith() {
    const { format, feed } = load("feedsmith").parseFeed(await (await fetch(url)).text());
    return (feed.items ?? feed.entries).map(formats[format]);
  },
  async "rss-parser"() {
    const Parser = load("rss-parser");
    const feed = await new Parser().parseURL(url);
    return feed.items.map((item) => ({
      id: item.guid ?? item.id,
      title: item.title,
      link: item.link,
      authors: [item.creator ?? item.author],
      published: item.isoDate,
      content: item["content:encoded"] ?? item.content,
      enclosure: item.enclosure?.url,
    }));
  },
};

libraries[library]().then((items) => process.stdout.write(JSON.stringify(items)));
