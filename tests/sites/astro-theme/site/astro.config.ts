import { defineConfig } from "astro/config";
import { SITE } from "./src/config";

export default defineConfig({
  site: SITE.website,
  markdown: { shikiConfig: { themes: { light: "min-light" } } },
});
