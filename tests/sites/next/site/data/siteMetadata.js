const siteMetadata = {
  title: 'Oar & Sail',
  author: 'Amara Obi',
  headerTitle: 'Oar',
  description: 'Rowing, mostly',
  language: 'en-us',
  theme: 'system', // system, dark or light
  siteUrl: 'https://oar.example',
}
module.exports = siteMetadata
