/** All that the page is made of where it shows what people have written. */
const elements = new Set(
  `div section header footer main nav aside form fieldset legend p span b bdi small strong em s mark kbd h1 h2 h3 h4 h5 ul ol li blockquote code pre
   table thead tbody tr th td a button input textarea label time dialog i svg g path circle`.split(/\s+/),
)
/** Whither something may lead: out by these alone, or to a place of this page. */
const addresses = /^(?:https?:\/\/|mailto:|\/(?:r\/[\w-]+(?:\/\d+)?|search|saved)?(?:[?#]|$)|#)/

/** What of the page none of its own parts would have put there: an element, an attribute that runs something, an address. */
export const strange = (root: ParentNode): string[] =>
  [...root.querySelectorAll('*')].flatMap((element) => {
    const href = element.getAttribute('href')
    return [
      ...(elements.has(element.localName) ? [] : [element.localName]),
      ...element
        .getAttributeNames()
        .filter((name) => /^on|^(?:src|srcdoc|srcset|formaction|action|xlink:href)$/.test(name)),
      ...(href === null || addresses.test(href) ? [] : [href]),
    ]
  })
