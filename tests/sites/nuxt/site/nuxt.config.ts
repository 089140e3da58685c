export default defineNuxtConfig({
  modules: ['@nuxt/content', '@nuxtjs/seo'],
  site: {
    url: 'https://keel.example',
    name: 'Keel & Rudder',
    description: 'Boats, mended',
    defaultLocale: 'en',
  },
})
