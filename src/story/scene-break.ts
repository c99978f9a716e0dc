// Of the ornaments between scenes the asterisks only: others can be text.
const SCENE_BREAK = /^(?:[*＊∗⁎⁑⁂✱✲✳✴✵✶✻✼✽❉❋][\s\u200b]*)+$/u;

/** Whether a paragraph is nothing but asterisks. */
export function isSceneBreak(text: string): boolean {
  return SCENE_BREAK.test(text);
}
