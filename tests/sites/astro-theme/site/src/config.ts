export const SITE = {
  website: "https://skiff.example/", // where it is deployed
  author: "Ilse Brandt",
  desc: "Notes on small boats.",
  title: "Skiff",
  editPost: { text: "Edit", url: "https://git.example/edit/" },
  lang: "de",
} as const;
