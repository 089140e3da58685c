// The site's configuration
import feed from "@11ty/eleventy-plugin-rss";

export default async function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addPlugin(feed);
  eleventyConfig.addFilter("slugify", (s) => s.replace(/[^a-z"']/g, "-"));
  return {
    dir: { input: "src", output: "_site" },
    markdownTemplateEngine: "njk",
  };
}
