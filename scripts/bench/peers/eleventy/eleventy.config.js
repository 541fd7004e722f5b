// Lists of the Eleventy site of the benchmark: columns and topics, 20 notices on a page.
const fs = require("node:fs");

const ROWS = 20;

function newestFirst(api) {
  return api.getFilteredByGlob("content/**/*.md").sort((a, b) => b.date - a.date || (a.inputPath < b.inputPath ? 1 : -1));
}

function pagesOf(folder, title, notices) {
  const last = Math.max(1, Math.ceil(notices.length / ROWS));
  return Array.from({ length: last }, (_, index) => ({
    address: `/${folder}/${index === 0 ? "index" : index + 1}.html`,
    title, last, number: index + 1,
    rows: notices.slice(index * ROWS, (index + 1) * ROWS),
  }));
}

function grouped(notices, key) {
  const found = new Map();
  for (const notice of notices) {
    const name = key(notice);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(notice);
  }
  return found;
}

module.exports = function (config) {
  const read = () => JSON.parse(fs.readFileSync("_data/nav.json", "utf-8"));
  const day = (date) => date.toISOString().slice(0, 10);
  config.addPassthroughCopy("site.css");
  config.addFilter("day", day);
  config.addFilter("head", (list, count) => (list || []).slice(0, count));
  config.addFilter("titled", (list, key) => list.find((item) => item.key === key));
  config.addCollection("notices", newestFirst);
  config.addCollection("columnNotices", (api) => Object.fromEntries(grouped(newestFirst(api), (notice) => notice.data.column)));
  config.addCollection("topNotices", (api) => Object.fromEntries(grouped(newestFirst(api), (notice) => notice.data.column.split("/")[0])));
  config.addCollection("lists", (api) => {
    const nav = read();
    const notices = newestFirst(api);
    const columns = grouped(notices, (notice) => notice.data.column);
    const topics = grouped(notices, (notice) => notice.data.topic);
    return [
      ...nav.columns.flatMap((column) => column.children.flatMap((child) =>
        pagesOf(`${column.key}/${child.key}`, child.title, columns.get(`${column.key}/${child.key}`) || []))),
      ...nav.topics.flatMap((topic) => pagesOf(`topics/${topic.key}`, topic.title, topics.get(topic.key) || [])),
    ];
  });
  return { dir: { input: ".", output: "_site", includes: "_includes", data: "_data" }, markdownTemplateEngine: false };
};
