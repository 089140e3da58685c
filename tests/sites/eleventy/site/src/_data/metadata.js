export default {
  title: "Slack Water",
  url: "https://slack.example/",
  language: "en",
  description: "Between the tides",
  author: { name: "Noor Haddad", email: "noor@slack.example" },
};
