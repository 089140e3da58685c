export const getPath = (filePath: string) =>
  filePath.split("/").filter(part => !part.startsWith("_"));
