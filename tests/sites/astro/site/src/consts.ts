// Place any global data in this file.
export const SITE_TITLE = 'Ebb';
export const SITE_DESCRIPTION = "What the water leaves";
