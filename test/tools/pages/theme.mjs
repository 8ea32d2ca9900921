// @ts-check
/**
 * What the site has that typedoc by itself has not: the guides in their groups, addresses that can be remembered, names
 * in the guides that lead to their reference, and a header whose links hold on every page.
 *
 *     docs/*.md ──guides.mjs──▶ documents ──markdown.mjs──▶ pages ──▶ site/guides/*.html
 */
import { readdirSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  Comment,
  CommentTag,
  Converter,
  DefaultTheme,
  IndexEvent,
  KindRouter,
  MinimalSourceFile,
  PageEvent,
  ReflectionKind,
  RendererEvent
} from 'typedoc'
import { entries } from '../project.mjs'
import { folder, guides } from './guides.mjs'
import { ourMarkdown } from './markdown.mjs'

/** @typedef {import('typedoc').Application} Application */
/** @typedef {import('typedoc').ProjectReflection} Project */
/** @typedef {import('typedoc').Reflection} Reflection */

/** The short names of entry points, by the name that people import. @type {ReadonlyMap<string, string>} */
const shortNames = new Map(entries.map(({ specifier, name }) => [specifier, name]))

/** typedoc names an entry point by its place. @param {import('../project.mjs').Entry} entry */
const placeOf = ({ source }) => source.replace(/^src\/|(\/index)?\.ts$/g, '')

/** Guides lie under `guides/`, by the name of their file; all else as typedoc has it, by the short name of its entry point. */
class Router extends KindRouter {
  /** @override @param {Reflection} target @returns {string} */
  getIdealBaseName(target) {
    const file = target.isDocument() ? target.frontmatter.file : undefined
    // A folder's README is known by its folder.
    if (typeof file === 'string') return `guides/${basename(file.replace(/\/README\.md$/, ''), '.md')}`
    /** @type {Array<string>} */
    const parts = []
    for (let at = /** @type {Reflection | undefined} */ (target); at !== undefined && !at.isProject(); at = at.parent)
      parts.unshift(this.getUrlSafeName(shortNames.get(at.name) ?? at.name))
    return `${this.directories.get(target.kind)}/${parts.join('.')}`
  }
}

/** What front matter would say, were there any. @param {string} path */
const matterOf = (path) => {
  const guide = guides.find(({ file }) => join(folder, file) === path)
  return { ...guide }
}

/** @param {string} path */
const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** A folder can be looked at in a repository, not on a site: only the words of such a link stay. @param {string} text @param {string} path */
const withoutFolders = (text, path) =>
  text.replace(/\[([^\]\n]+)\]\(([\w./-]+)\)/g, (link, words, target) =>
    isFolder(join(dirname(path), target)) ? words : link
  )

/** The report is for comparing, and long: it needs no colours. @param {string} text @param {string} path */
const withoutColours = (text, path) =>
  basename(path) === 'api-report.md' ? text.replace(/^```ts$/gm, '```text') : text

/** @param {Application} app */
const addGuides = ({ converter }) => {
  const parse = converter.parseRawComment.bind(converter)
  converter.parseRawComment = (file, files) => {
    const text = withoutColours(withoutFolders(file.text, file.fileName), file.fileName)
    const { content, frontmatter } = parse(
      new MinimalSourceFile(text, /** @type {import('typedoc').NormalizedPath} */ (file.fileName)),
      files
    )
    return { content, frontmatter: { ...frontmatter, ...matterOf(file.fileName) } }
  }
}

/** The group of what is imported, beside those of the guides. */
export const entryGroup = 'Entry points'

/** @param {Project} project */
const nameEntries = (project) => {
  for (const module of project.children ?? []) {
    const entry = entries.find((one) => placeOf(one) === module.name)
    if (entry !== undefined) module.name = entry.specifier
    module.comment?.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: entryGroup }]))
  }
}

/** @param {Application} app */
const nameThings = ({ converter }) => {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    // The sidebar tells the guides' groups, but no kinds of exports.
    project.comment ??= new Comment([], [], new Set(['@showGroups']))
    nameEntries(project)
  })
}

/** Links that begin so are meant from the site's root, and made relative when their page is written. */
const here = 'site:'

/** Files that a browser would rather save than show are given an ending that it shows. */
const unshown = /^(LICENSE|.*\.(?:ts|ndjson|sql|csv|md))$/

/** @param {string} html @param {string} url where it will lie */
const withLinks = (html, url) =>
  html
    .split(`href="${here}`)
    .join(`href="${'../'.repeat(url.split('/').length - 1)}`)
    .replace(/(?<=href="(?:\.\.\/)*media\/)[^"#/]+/g, (name) => (unshown.test(name) ? `${name}.txt` : name))

/**
 * A branch that is a link as well is two controls in one: an entry point's page lists what it holds. The side has no
 * room for long names.
 *
 * @param {Application} app
 */
const pruneNavigation = ({ renderer }) => {
  renderer.on(RendererEvent.BEGIN, () => {
    const { theme } = renderer
    if (!(theme instanceof DefaultTheme)) return
    const build = theme.buildNavigation.bind(theme)
    /** @param {import('typedoc').NavigationElement} item @returns {import('typedoc').NavigationElement} */
    const pruned = ({ children, ...item }) =>
      item.path === undefined
        ? { ...item, children: children?.map(pruned) ?? [] }
        : { ...item, text: item.text.replace(/^segment-marketo(?=\/)/, '') }
    theme.buildNavigation = (project) => build(project).map(pruned)
  })
}

/** How deep each heading lies: below the nearest one before it that is greater. @param {ReadonlyArray<number>} levels */
const depthsOf = (levels) => {
  /** @type {Array<number>} */
  const above = []
  return levels.map((level) => {
    while ((above.at(-1) ?? 0) >= level) above.pop()
    return above.push(level)
  })
}

const heading = /<h([1-6])(?=[ >])/g

/** typedoc chooses headings by their look; who listens to a page is told their real levels. @param {string} html */
const withLevels = (html) => {
  const depths = depthsOf([...html.matchAll(heading)].map(([, level]) => Number(level)))
  let i = 0
  return html.replace(heading, (tag, level) => {
    const depth = depths[i++]
    return depth === Number(level) ? tag : `${tag} aria-level="${depth}"`
  })
}

/** @type {ReadonlyArray<readonly [string, string]>} */
const landmarks = [
  ['<div class="col-content">', '<div class="col-content" role="main">'],
  ['<div class="col-sidebar">', '<div class="col-sidebar" role="complementary" aria-label="Contents">'],
  ['<nav id="tsd-sidebar-links"', '<nav id="tsd-sidebar-links" aria-label="Places"']
]

/** Landmarks for those who jump between them, and no control inside another. @param {string} html */
const accessible = (html) =>
  landmarks
    .reduce((text, [from, to]) => text.replace(from, to), withLevels(html))
    .replace(/<summary.*?<\/summary>/gs, (summary) => summary.replace(/<a [^>]*tsd-anchor-icon.*?<\/a>/gs, ''))

/** @param {Application} app */
const mendPages = ({ renderer }) => {
  renderer.on(PageEvent.END, (page) => {
    if (page.contents !== undefined) page.contents = accessible(withLinks(page.contents, page.url))
  })
  const last = -1e6
  renderer.on(
    RendererEvent.END,
    ({ outputDirectory }) => {
      const media = join(outputDirectory, 'media')
      for (const name of readdirSync(media).filter((one) => unshown.test(one)))
        renameSync(join(media, name), join(media, `${name}.txt`))
    },
    last
  )
}

const explained =
  ReflectionKind.Function | ReflectionKind.Variable | ReflectionKind.TypeAlias | ReflectionKind.Interface

/** In the guides these are words of Marketo, or settings; so are the readers of Segment's fields, named as the fields are. */
const otherWords = new Set(['Folder', 'Host', 'LeftOut', 'Member', 'Plan', 'leadFields'])

/** @param {Reflection} one */
const isFieldReader = ({ parent }) => shortNames.get(parent?.name ?? '') === 'segment'

/** Where a name that only one thing bears, or one of the everyday names, is explained. @param {Application} app */
const linkNames = (app) => {
  /** @type {Map<string, string>} */
  let urls = new Map()
  app.options.setValue(
    'markdownItLoader',
    ourMarkdown((name) => urls.get(name))
  )
  app.renderer.on(RendererEvent.BEGIN, ({ project }) => {
    const { router } = app.renderer
    const things = project
      .getReflectionsByKind(explained)
      .filter((one) => router?.hasOwnDocument(one) && !otherWords.has(one.name))
    const everyday = things.filter(({ parent }) => shortNames.get(parent?.name ?? '') === 'index')
    const alone = things.filter((one) => things.every((other) => other === one || other.name !== one.name))
    urls = new Map(
      [...alone.filter((one) => !isFieldReader(one)), ...everyday, ...(project.children ?? [])].map((one) => [
        one.name,
        `${here}${router?.getFullUrl(one)}`
      ])
    )
  })
}

/** The links in the header of every page. @param {boolean} playground */
export const headerLinks = (playground) => ({
  'Getting started': `${here}guides/getting-started.html`,
  ...(playground ? { Playground: `${here}playground/index.html` } : {}),
  Contents: `${here}modules.html`
})

/**
 * A word that guides and comments both hold is found in the guides first; members of records, and the report of all
 * names, come late.
 *
 * @param {Application} app
 */
const weighSearch = ({ renderer }) => {
  renderer.on(IndexEvent.PREPARE_INDEX, (event) => {
    event.searchFieldWeights.document = 8
    for (const found of event.searchResults) {
      const listing = found.isDocument() && found.frontmatter.file === 'api-report.md'
      if (listing || found.kind === ReflectionKind.Property) found.relevanceBoost = 0.2
    }
  })
}

/** @param {Application} app */
export const furnish = (app) => {
  app.renderer.defineRouter('guides', Router)
  addGuides(app)
  nameThings(app)
  linkNames(app)
  pruneNavigation(app)
  mendPages(app)
  weighSearch(app)
}
